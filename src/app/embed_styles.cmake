# Writes OUT: a C++ file that holds each of FILES (";"-separated) as text.
# Run by cmake -P at build time, whenever one of the files changes.
set(text "#include \"app/style_file.h\"\n\nnamespace papertray {\nnamespace {\n\n")
set(rows "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} toml)
  string(APPEND text "constexpr char style_${name}[] = R\"~toml~(${toml})~toml~\";\n\n")
  string(APPEND rows "      {\"${name}\", style_${name}},\n")
endforeach()
string(APPEND text "}  // namespace\n\nconst std::vector<BuiltInStyle>& built_in_styles() {\n"
  "  static const std::vector<BuiltInStyle> all = {\n${rows}  };\n  return all;\n}\n\n}  // namespace papertray\n")
file(WRITE ${OUT} "${text}")
