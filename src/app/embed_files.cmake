# Writes OUT: a C++ file that defines FUNCTION() of app/init_files.h: each of FILES (";"-separated, below ROOT) by
# its path there, as text. Run by cmake -P at build time, whenever one of the files changes.
set(text "#include \"app/init_files.h\"\n\nnamespace papertray {\nnamespace {\n\n")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH name ${ROOT} ${file})
  file(READ ${file} content)
  string(APPEND text "constexpr char file_${number}[] = R\"~file~(${content})~file~\";\n\n")
  string(APPEND rows "      {\"${name}\", file_${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND text "}  // namespace\n\nconst std::vector<BuiltInFile>& ${FUNCTION}() {\n"
  "  static const std::vector<BuiltInFile> all = {\n${rows}  };\n  return all;\n}\n\n}  // namespace papertray\n")
file(WRITE ${OUT} "${text}")
