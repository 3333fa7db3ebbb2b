# Writes OUT: a C++ file that holds each of FILES (";"-separated, in order of their numbers) as text.
# Run by cmake -P at build time, whenever one of the files changes.
set(text "#include \"store/migrate.h\"\n\nnamespace papertray {\nnamespace {\n\n")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
  math(EXPR number "${number} + 1")
  get_filename_component(name ${file} NAME)
  if(number GREATER 1)
    # schema.sql is the first; the others tell their number themselves, so that two cannot swap.
    string(REGEX MATCH "^[0-9]+" told "${name}")
    string(REGEX REPLACE "^0+" "" told "${told}")
    if(NOT told STREQUAL number)
      message(FATAL_ERROR "${name} stands at position ${number} of the migrations")
    endif()
  endif()
  file(READ ${file} sql)
  string(APPEND text "constexpr char sql_${number}[] = R\"~sql~(${sql})~sql~\";\n\n")
  string(APPEND rows "    {${number}, \"${name}\", sql_${number}},\n")
endforeach()
string(APPEND text "constexpr Migration all[] = {\n${rows}};\n\n}  // namespace\n\n"
  "std::span<const Migration> migrations() { return all; }\n\n}  // namespace papertray\n")
file(WRITE ${OUT} "${text}")
