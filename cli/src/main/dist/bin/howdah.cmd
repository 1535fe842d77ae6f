@echo off
rem Starts Howdah on Windows.
setlocal
set "LIB=%~dp0..\lib"
call "%LIB%\find-jdk.cmd" java.exe || exit /b 1
"%HOWDAH_JDK%\bin\java.exe" -XX:SharedArchiveFile="%LIB%\howdah.jsa" -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xlog:all=error,cds*=off:stderr -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 %HOWDAH_JAVA_OPTS% -jar "%LIB%\howdah-cli.jar" %*
exit /b %ERRORLEVEL%
