# `cpack --config build/release/CPackConfig.cmake` (or `cmake --build ... --target package`): a .deb of both programs,
# which are always needed together. NOTICE says why its papertray-inspect is under the GPL.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME papertray)
set(CPACK_PACKAGE_CONTACT "papertray authors <papertray@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "call-for-papers desk out of a mailbox")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"papertray turns a workshop's mailbox into a call-for-papers desk: mail comes
in over IMAP, papers and questions come out, recorded, checked against the
deadline and the format, and acknowledged within seconds. Organizers do the
rest from a command line.
.
Every mail has exactly one fate that can be asked for, and whatever is killed
at whatever moment, no mail is lost and none is taken in twice. What strangers
send is parsed in a sandboxed process without network, files or secrets.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/data/debian/postinst ${PROJECT_SOURCE_DIR}/data/debian/prerm
  ${PROJECT_SOURCE_DIR}/data/debian/postrm)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
