# What every target of the house shares: the language, the warnings, the sanitizers.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

# -O3 makes the build longer and the program no faster: it waits for disks, servers and parsers.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

option(PAPERTRAY_WERROR "Warnings are errors" OFF)
option(PAPERTRAY_SANITIZE "Address and undefined behaviour sanitizers" OFF)

find_program(PAPERTRAY_CCACHE ccache)
if(PAPERTRAY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these ccache keeps nothing that was compiled with precompiled headers (its manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${PAPERTRAY_CCACHE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)

add_library(papertray_house INTERFACE)
target_compile_options(papertray_house INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # GCC 12 warns about its own std::string (bugs 105651, 105329) and std::optional (bug 80635) inlined at
  # -O2, the more so when they come from a precompiled header, where it no longer knows them as the system's.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds;-Wno-maybe-uninitialized>
  $<$<BOOL:${PAPERTRAY_WERROR}>:-Werror>)
if(PAPERTRAY_SANITIZE)
  target_compile_options(papertray_house INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(papertray_house INTERFACE -fsanitize=address,undefined)
  # The sandbox must leave room for the sanitizer's shadow memory.
  target_compile_definitions(papertray_house INTERFACE PAPERTRAY_SANITIZED=1)
else()
  target_compile_options(papertray_house INTERFACE -fstack-protector-strong)
  target_compile_definitions(papertray_house INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()

# The library's headers read once, not 600 times: they were half of the compiler's work. A file still includes what it
# uses; CMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows whether it does. One for what is released, one for tests, since the
# compiler takes them for one set of options and definitions only. Without <filesystem>, whose std::quoted an unqualified
# quoted(text) of ours would find.
target_link_libraries(papertray_house INTERFACE Threads::Threads)
target_compile_definitions(papertray_house INTERFACE _LARGEFILE64_SOURCE)   # gmime's users have it
target_compile_options(papertray_house INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)   # for ccache
# gmime asks for -pthread, which says nothing to the C library of Debian 12 and would want headers of its own.
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET GLOBAL gmime-3.0)
set_property(TARGET PkgConfig::GMIME PROPERTY INTERFACE_COMPILE_OPTIONS)
set(house_headers <algorithm> <array> <charconv> <chrono> <cstdint> <functional> <map> <memory> <optional>
  <set> <span> <string> <string_view> <system_error> <utility> <variant> <vector> <fmt/format.h>)
add_library(papertray_precompiled OBJECT ${CMAKE_CURRENT_LIST_DIR}/precompiled.cc)
target_link_libraries(papertray_precompiled PRIVATE papertray_house fmt::fmt)
target_precompile_headers(papertray_precompiled PRIVATE ${house_headers})

# One library per folder of src/.  papertray_library(log SOURCES a.cc b.cc USES core intake LINKS fmt::fmt)
# USES names other folders of ours, LINKS names libraries (private to the folder).
function(papertray_library name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(papertray_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(papertray_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(papertray_${name} PUBLIC papertray_house)
  foreach(used IN LISTS ROOM_USES)
    target_link_libraries(papertray_${name} PUBLIC papertray_${used})
  endforeach()
  target_link_libraries(papertray_${name} PRIVATE fmt::fmt ${ROOM_LINKS})
  target_precompile_headers(papertray_${name} REUSE_FROM papertray_precompiled)
endfunction()

# A test is compiled more often than it is waited for: half the time of the compiler. What it tests is as released, or has
# both sanitizers; of a test's own code they watch the memory only, since the other one took as long as all the rest.
set(papertray_test_options $<$<CONFIG:Release>:-O0;-U_FORTIFY_SOURCE>)
if(PAPERTRAY_SANITIZE)
  list(APPEND papertray_test_options -fno-sanitize=undefined)
endif()

# One test program per folder of tests/; every doctest case becomes a ctest case.
# papertray_test(log SOURCES a_test.cc USES log LINKS ...); IN_MEMORY: its temporary folders lie there.
function(papertray_test name)
  cmake_parse_arguments(ROOM "IN_MEMORY" "" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(test_${name} ${ROOM_SOURCES})
  target_compile_options(test_${name} PRIVATE ${papertray_test_options})
  target_link_libraries(test_${name} PRIVATE papertray_test_main papertray_house fmt::fmt ${ROOM_LINKS})
  target_precompile_headers(test_${name} REUSE_FROM papertray_test_main)
  foreach(used IN LISTS ROOM_USES)
    target_link_libraries(test_${name} PRIVATE papertray_${used})
  endforeach()
  # Thousands of syncs: on a disk some of these cases took a minute.
  if(ROOM_IN_MEMORY AND IS_DIRECTORY /dev/shm)
    set(in_memory ENVIRONMENT TMPDIR=/dev/shm)
  endif()
  doctest_discover_tests(test_${name} TEST_PREFIX "${name}: " PROPERTIES TIMEOUT 120 ${in_memory})
endfunction()
