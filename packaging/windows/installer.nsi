; Installs Charthouse for one person, without an administrator. /S asks nothing.
; MARK, SIDE, OUT, VERSION and FILES (the list of files, made by windows.py) are given.

Unicode true
Target amd64-unicode
; LZMA takes a quarter off the file and thrice the time to unpack it.
SetCompressor zlib
SetDateSave off
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh

Name "Charthouse"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Charthouse"
InstallDirRegKey HKCU "Software\Charthouse" "InstallDir"
BrandingText "Charthouse ${VERSION}, preview for Windows"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Charthouse"
VIAddVersionKey FileDescription "Charthouse setup (preview)"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence"

!define KIND "Charthouse.Facts"
!define CLASSES "Software\Classes"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Charthouse"

!define MUI_ICON "${MARK}"
!define MUI_UNICON "${MARK}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEPAGE_TITLE "Charthouse ${VERSION}, preview"
!define MUI_WELCOMEPAGE_TEXT "Charthouse will be installed for you alone, in your own folder.$\r$\n$\r$\nThis is a preview: it has been tried under Wine, and not yet on Windows itself."
!define MUI_FINISHPAGE_TITLE "Charthouse is installed"
!define MUI_FINISHPAGE_TEXT "It stands in the Start menu, and a double-click opens any file that ends in .facts.$\r$\n$\r$\nTo remove it, open Settings, Apps."
!define MUI_FINISHPAGE_RUN "$INSTDIR\Charthouse.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Charthouse"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Charthouse will be removed. Your own work stays: your files where you saved them, unsaved work in $LOCALAPPDATA\charthouse, and settings in $APPDATA\charthouse."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

!macro RefuseWhileRunning
  again:
  IfFileExists "$INSTDIR\Charthouse.exe" 0 free
    ClearErrors
    FileOpen $0 "$INSTDIR\Charthouse.exe" a
    IfErrors 0 closed
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Charthouse is open. Close it first." /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Abort
  closed:
    FileClose $0
  free:
!macroend

; Only what is ours: a person may keep files of their own beside it.
!macro DeleteProgram
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\_shipped"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\python3*.dll"
  Delete "$INSTDIR\msvcp140*.dll"
  Delete "$INSTDIR\vcruntime140*.dll"
  Delete "$INSTDIR\python3*.zip"
  Delete "$INSTDIR\python3*._pth"
  Delete "$INSTDIR\Charthouse.exe"
  Delete "$INSTDIR\Uninstall.exe"
!macroend

!macro TellDesktop
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "Charthouse needs Windows 10 or later." /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
FunctionEnd

Function DeleteEarlier
  !insertmacro DeleteProgram
FunctionEnd

Section
  !insertmacro RefuseWhileRunning
  IfFileExists "$INSTDIR\Charthouse.exe" 0 +2
    Call DeleteEarlier
  !include "${FILES}"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Charthouse.lnk" "$INSTDIR\Charthouse.exe"
  WriteRegStr HKCU "Software\Charthouse" "InstallDir" "$INSTDIR"

  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "Charthouse (preview)"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "Charthouse"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\Charthouse.exe"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" $0

  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "Charthouse facts file"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\Charthouse.exe,0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\Charthouse.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.facts" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\.facts" "Content Type" "application/vnd.charthouse.facts+yaml"
  WriteRegStr HKCU "${CLASSES}\.facts\OpenWithProgids" "${KIND}" ""
  !insertmacro TellDesktop
SectionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning
  !insertmacro DeleteProgram
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Charthouse.lnk"
  DeleteRegKey HKCU "${REMOVAL}"
  DeleteRegKey HKCU "Software\Charthouse"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  DeleteRegValue HKCU "${CLASSES}\.facts\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.facts\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\.facts" ""
  ${If} $0 == "${KIND}"
    DeleteRegValue HKCU "${CLASSES}\.facts" ""
    DeleteRegValue HKCU "${CLASSES}\.facts" "Content Type"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.facts"
  ${EndIf}
  !insertmacro TellDesktop
SectionEnd
