; Homespun's installer for Windows. Built by `python3 -m installer build windows`, which writes defines.nsh, files.nsh and
; menus.nsh into the folder that makensis runs in. What it does is told in docs/windows.md.
;
; Rules: nothing outside the person's own profile and registry; a version is whole before the pointer names it; files go by
; the version's own list and never by the folder; nothing is passed through a shell.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
AllowSkipFiles off
CRCCheck force

!include defines.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include nsDialogs.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh
!include MUI2.nsh

Name "Homespun"
OutFile "${OUTFILE}"
BrandingText "Homespun ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\Homespun"
InstallDirRegKey HKCU "Software\Homespun" "Folder"
SetFont "Segoe UI" 9
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION4}"
VIAddVersionKey /LANG=0 "ProductName" "Homespun"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Homespun Setup (${ARCH})"
VIAddVersionKey /LANG=0 "CompanyName" "Homespun"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache License 2.0"
VIAddVersionKey /LANG=0 "OriginalFilename" "${OUTNAME}"

!define OWN "Software\Homespun"
!define WRITTEN "${OWN}\Written"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Homespun"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\homespun.exe"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define LAUNCHER "$INSTDIR\homespun-launch.exe"
!define SHORTCUT "$SMPROGRAMS\Homespun.lnk"

Var Into        ; the folder that the version's files go to
Var Old         ; the version that ran before; empty where there was none
Var Before      ; 1 where Homespun was here already
Var Menus       ; 1: the right-click menu, the Start menu, start with Windows
Var InStartMenu
Var AutoStart
Var NoStart
Var Repair
Var Purge
Var BoxMenus
Var BoxStartMenu
Var BoxAutoStart
Var BoxPurge

; --- pages ---------------------------------------------------------------------------------------------------------------

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_BITMAP "${HEADER}"
!define MUI_HEADERIMAGE_UNBITMAP "${HEADER}"
!define MUI_HEADERIMAGE_RIGHT
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_GUIINIT Placed
!define MUI_CUSTOMFUNCTION_UNGUIINIT un.Placed

!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipOnRepair
!insertmacro MUI_PAGE_WELCOME
Page custom OptionsPage OptionsLeave
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(FinishTitle)"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(FinishRun)"
!define MUI_FINISHPAGE_RUN_FUNCTION StartApp
!define MUI_PAGE_CUSTOMFUNCTION_SHOW FinishShow
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.ConfirmPage un.ConfirmLeave
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(UnFinishTitle)"
!define MUI_FINISHPAGE_TEXT "$(UnFinishText)"
!insertmacro MUI_UNPAGE_FINISH

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!include strings.nsh

!include files.nsh
!include menus.nsh
!include shared.nsh

!insertmacro Shared ""
!insertmacro Shared "un."

!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

; --- before the first page -----------------------------------------------------------------------------------------------

Function .onInit
  Call ChooseLanguage
  Call CheckSystem
  Call CheckPerson

  ${GetParameters} $R0
  StrCpy $Menus 1
  StrCpy $InStartMenu 1
  StrCpy $AutoStart 0
  StrCpy $NoStart 0
  StrCpy $Repair 0
  StrCpy $Before 0
  ${If} ${FileExists} "$INSTDIR\versions\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\uninstall.exe"
    StrCpy $Before 1
    ; An upgrade leaves menus and shortcuts as the person has them.
    ReadRegStr $0 HKCU "${WRITTEN}" "0000"
    ${If} $0 == ""
      StrCpy $Menus 0
    ${EndIf}
    ${IfNot} ${FileExists} "${SHORTCUT}"
      StrCpy $InStartMenu 0
    ${EndIf}
    ReadRegStr $0 HKCU "${RUN}" "Homespun"
    ${If} $0 != ""
      StrCpy $AutoStart 1
    ${EndIf}
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/REPAIR" $R1
  ${IfNot} ${Errors}
    StrCpy $Repair 1
    StrCpy $Menus 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NOVERBS" $R1
  ${IfNot} ${Errors}
    StrCpy $Menus 0
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NOSTARTMENU" $R1
  ${IfNot} ${Errors}
    StrCpy $InStartMenu 0
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/AUTOSTART" $R1
  ${IfNot} ${Errors}
    StrCpy $AutoStart 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NOSTART" $R1
  ${IfNot} ${Errors}
    StrCpy $NoStart 1
  ${EndIf}
  Call CheckFolder
FunctionEnd

Function ChooseLanguage
  ; The system's language, or the one that is asked for.
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANGUAGE=" $R1
  ${IfNot} ${Errors}
    ${If} $R1 == "de"
      StrCpy $LANGUAGE ${LANG_GERMAN}
    ${ElseIf} $R1 == "en"
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${EndIf}
  ${Else}
    ; Every German (Austria, Switzerland …) is the German that we have.
    System::Call 'kernel32::GetUserDefaultUILanguage() i.r0'
    IntOp $0 $0 & 0x3FF
    ${If} $0 = 7
      StrCpy $LANGUAGE ${LANG_GERMAN}
    ${Else}
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function CheckSystem
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!if "${ARCH}" == "arm64"
  ${IfNot} ${IsNativeARM64}
    MessageBox MB_OK|MB_ICONSTOP "$(NeedsArm)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!else
  ${If} ${IsNativeARM64}
    MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "$(Emulated)" /SD IDOK IDOK +3
    SetErrorLevel 1
    Quit
  ${EndIf}
!endif
FunctionEnd

Function CheckPerson
  ; Elevated as somebody else, everything would land in that person's profile: refuse. Where Windows doesn't say whose
  ; session this is, nothing is refused.
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
    System::Call 'advapi32::GetUserNameW(w.r1, *i ${NSIS_MAX_STRLEN})i.r2'
    System::Call 'wtsapi32::WTSQuerySessionInformationW(p0, i-1, i5, *p.r3, *i.r4)i.r5'
    ${If} $5 <> 0
      System::Call '*$3(&w256 .r6)'
      System::Call 'wtsapi32::WTSFreeMemory(pr3)'
      ${If} $2 <> 0
      ${AndIf} $6 != ""
      ${AndIf} $6 != $1
        MessageBox MB_OK|MB_ICONSTOP "$(OtherPerson)" /SD IDOK
        SetErrorLevel 2
        Quit
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function CheckFolder
  ; The program must not lie where the person's data are, and not in the root of a drive.
  StrLen $0 "$LOCALAPPDATA\homespun"
  StrCpy $1 "$INSTDIR\" $0
  StrCpy $2 "$INSTDIR\" 1 $0
  StrLen $3 $INSTDIR
  ${If} $LOCALAPPDATA == ""
  ${OrIf} $3 < 4
    Goto wrong
  ${EndIf}
  ${If} $1 == "$LOCALAPPDATA\homespun"
  ${AndIf} $2 == "\"
    wrong:
    MessageBox MB_OK|MB_ICONSTOP "$(WrongFolder)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; --- the options ---------------------------------------------------------------------------------------------------------

Function SkipOnRepair
  ${If} $Repair = 1
    Abort
  ${EndIf}
FunctionEnd

Function OptionsPage
  ${If} $Repair = 1
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(OptionsTitle)" "$(OptionsSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateCheckbox} 0 4u 100% 12u "$(OptionMenus)"
  Pop $BoxMenus
  ${NSD_CreateLabel} 12u 17u 95% 20u "$(OptionMenusMore)"
  Pop $0
  SetCtlColors $0 0x505050 transparent
  ${NSD_CreateCheckbox} 0 42u 100% 12u "$(OptionStartMenu)"
  Pop $BoxStartMenu
  ${NSD_CreateCheckbox} 0 60u 100% 12u "$(OptionAutoStart)"
  Pop $BoxAutoStart
  ${NSD_CreateLabel} 12u 73u 95% 20u "$(OptionAutoStartMore)"
  Pop $0
  SetCtlColors $0 0x505050 transparent
  ${NSD_CreateLabel} 0 108u 100% 30u "$(OptionFolder)$\r$\n$INSTDIR"
  Pop $0
  SetCtlColors $0 0x505050 transparent
  ${If} $Menus = 1
    ${NSD_Check} $BoxMenus
  ${EndIf}
  ${If} $InStartMenu = 1
    ${NSD_Check} $BoxStartMenu
  ${EndIf}
  ${If} $AutoStart = 1
    ${NSD_Check} $BoxAutoStart
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function OptionsLeave
  ${NSD_GetState} $BoxMenus $Menus
  ${NSD_GetState} $BoxStartMenu $InStartMenu
  ${NSD_GetState} $BoxAutoStart $AutoStart
FunctionEnd

Function FinishShow
  ${If} $NoStart = 1
    SendMessage $mui.FinishPage.Run ${BM_SETCHECK} ${BST_UNCHECKED} 0
  ${EndIf}
FunctionEnd

Function StartApp
  Exec '"${LAUNCHER}" app'
FunctionEnd

; --- installing ----------------------------------------------------------------------------------------------------------

!macro Failed words
  DetailPrint "${words}"
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; A program that may run just now can't be overwritten, but it can be renamed.
!macro Place source name
  File "/oname=$INSTDIR\${name}.new" "${source}"
  Delete "$INSTDIR\${name}.old"
  Delete "$INSTDIR\${name}"
  ${If} ${FileExists} "$INSTDIR\${name}"
    Rename "$INSTDIR\${name}" "$INSTDIR\${name}.old"
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\${name}.new" "$INSTDIR\${name}"
  ${If} ${Errors}
    !insertmacro Failed "$(CantWrite)"
  ${EndIf}
!macroend

Section "Homespun"
  SetOverwrite on
  ClearErrors
  CreateDirectory "$INSTDIR\versions"
  ${If} ${Errors}
    !insertmacro Failed "$(CantWrite)"
  ${EndIf}
  StrCpy $R0 "version"
  Call ReadPointer
  StrCpy $Old $R1
  ${IfNot} ${FileExists} "$INSTDIR\versions\$Old\*.*"
    StrCpy $Old ""
  ${EndIf}

  ; A new version is unpacked beside the others and named when it is whole; what runs may go on running. The same version
  ; is written over itself, and for that the app has to leave.
  ${If} ${FileExists} "$INSTDIR\versions\${VERSION}\*.*"
    StrCpy $Into "$INSTDIR\versions\${VERSION}"
    Call AskToLeave
    ${If} $R0 <> 0
      !insertmacro Failed "$(StillRuns)"
    ${EndIf}
  ${Else}
    StrCpy $Into "$INSTDIR\versions\${VERSION}.tmp"
    RMDir /r "$Into"
  ${EndIf}
  ClearErrors
  !insertmacro InstallFiles
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    !insertmacro Failed "$(CantWrite)"
  ${EndIf}
  ${If} $Into != "$INSTDIR\versions\${VERSION}"
    Rename "$Into" "$INSTDIR\versions\${VERSION}"
    ${If} ${Errors}
      !insertmacro Failed "$(CantWrite)"
    ${EndIf}
  ${EndIf}
  !insertmacro InstallPrograms
  Call WritePointer
  ${If} $R0 = 0
    !insertmacro Failed "$(CantWrite)"
  ${EndIf}
  Delete "$INSTDIR\starts-${VERSION}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${OWN}" "Folder" "$INSTDIR"
  ${If} $LANGUAGE = ${LANG_GERMAN}
    WriteRegStr HKCU "${OWN}" "Language" "de"
  ${Else}
    WriteRegStr HKCU "${OWN}" "Language" "en"
  ${EndIf}
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Homespun"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Homespun"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${LAUNCHER},0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\homespun.exe"

  ; What an earlier version wrote and this one doesn't must go, so all of it goes first.
  Call TakeBackMenus
  ${If} $Menus = 1
    ${If} $LANGUAGE = ${LANG_GERMAN}
      !insertmacro WriteMenus_de
    ${Else}
      !insertmacro WriteMenus_en
    ${EndIf}
  ${EndIf}
  ${If} $InStartMenu = 1
    Call WriteShortcut
  ${Else}
    Delete "${SHORTCUT}"
  ${EndIf}
  ${If} $AutoStart = 1
    WriteRegStr HKCU "${RUN}" "Homespun" '"${LAUNCHER}" background'
  ${Else}
    DeleteRegValue HKCU "${RUN}" "Homespun"
  ${EndIf}
  Call FirstMenu
  Call KeepTwo
  Call TellExplorer
  SetErrorLevel 0
SectionEnd

; current.json names the version, all or nothing. $R0: 0 when it can't be written.
Function WritePointer
  ${If} $Old == "${VERSION}"
    StrCpy $R0 "previous"
    Call ReadPointer
    ${If} $R1 != ""
    ${AndIf} ${FileExists} "$INSTDIR\versions\$R1\*.*"
      StrCpy $1 '"$R1"'
    ${Else}
      StrCpy $1 "null"
    ${EndIf}
  ${ElseIf} $Old == ""
    StrCpy $1 "null"
  ${Else}
    StrCpy $1 '"$Old"'
  ${EndIf}
  ClearErrors
  FileOpen $0 "$INSTDIR\current.json.new" w
  FileWrite $0 '{"schema": 1, "version": "${VERSION}", "previous": $1}$\n'
  FileClose $0
  ${If} ${Errors}
    StrCpy $R0 0
  ${Else}
    ; MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH
    StrCpy $1 "$INSTDIR\current.json.new"
    StrCpy $2 "$INSTDIR\current.json"
    System::Call 'kernel32::MoveFileExW(wr1, wr2, i9)i.R0'
  ${EndIf}
FunctionEnd

; The first menu of Windows 11 takes entries only from a package, and that only from a signed one. PowerShell is told the paths
; in its environment, so that none is ever part of what it runs.
Function FirstMenu
!ifdef PACKAGE
  ${If} ${AtLeastBuild} 22000
    StrCpy $1 "$INSTDIR\versions\${VERSION}\menu\${PACKAGE}"
    StrCpy $2 $INSTDIR
    System::Call 'kernel32::SetEnvironmentVariableW(w "HOMESPUN_PACKAGE", wr1)'
    System::Call 'kernel32::SetEnvironmentVariableW(w "HOMESPUN_ROOT", wr2)'
    ${If} $Menus = 1
      nsExec::Exec '"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -Command "Add-AppxPackage -Path $$env:HOMESPUN_PACKAGE -ExternalLocation $$env:HOMESPUN_ROOT"'
    ${Else}
      nsExec::Exec '"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -Command "Get-AppxPackage -Name ${PACKAGE_NAME} | Remove-AppxPackage"'
    ${EndIf}
    Pop $0 ; where it fails, the entries are still under "Show more options"
  ${EndIf}
!endif
FunctionEnd

; The version that runs and the one before stay; older ones go. A folder in use stays until the next time.
Function KeepTwo
  FindFirst $R8 $R9 "$INSTDIR\versions\*.*"
  ${DoWhile} $R9 != ""
    StrCpy $0 $R9 1
    ${If} $R9 != "."
    ${AndIf} $R9 != ".."
    ${AndIf} $R9 != "${VERSION}"
    ${AndIf} $R9 != $Old
    ${AndIf} ${FileExists} "$INSTDIR\versions\$R9\files.json"
      StrCpy $R0 "$INSTDIR\versions\$R9"
      Call DeleteVersion
      Delete "$INSTDIR\starts-$R9"
    ${EndIf}
    FindNext $R8 $R9
  ${Loop}
  FindClose $R8
  Delete "$INSTDIR\homespun-launch.exe.old"
  Delete "$INSTDIR\homespun.exe.old"
FunctionEnd

; The Start menu's entry, with the name by which Windows puts the app's windows together in the task bar.
Function WriteShortcut
  CreateDirectory "$SMPROGRAMS"
  SetOutPath "$INSTDIR"
  CreateShortcut "${SHORTCUT}" "${LAUNCHER}" "app" "${LAUNCHER}" 0 SW_SHOWNORMAL "" "$(ShortcutText)"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}", ${STGM_READWRITE})'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call 'ole32::CoTaskMemAlloc(p64)p.r5'
        System::Call 'kernel32::lstrcpyW(pr5, w "${APP_ID}")'
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,pr5)p.r4'
        ${IPropertyStore::SetValue} $2 '($3,$4)'
        ${IPropertyStore::Commit} $2 ""
        System::Free $3
        System::Free $4
        System::Call 'ole32::CoTaskMemFree(pr5)'
        ${IUnknown::Release} $2 ""
        ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

; --- uninstalling --------------------------------------------------------------------------------------------------------

Function un.onInit
  ReadRegStr $0 HKCU "${OWN}" "Language"
  ${If} $0 == "de"
    StrCpy $LANGUAGE ${LANG_GERMAN}
  ${ElseIf} $0 == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  StrCpy $Purge 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PURGE" $R1
  ${IfNot} ${Errors}
    StrCpy $Purge 1
  ${EndIf}
FunctionEnd

Function un.ConfirmPage
  !insertmacro MUI_HEADER_TEXT "$(UnTitle)" "$(UnSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 4u 100% 34u "$(UnText)"
  Pop $0
  ${NSD_CreateCheckbox} 0 46u 100% 12u "$(UnPurge)"
  Pop $BoxPurge
  ${NSD_CreateLabel} 12u 59u 95% 34u "$(UnPurgeMore)"
  Pop $0
  SetCtlColors $0 0x505050 transparent
  ${If} $Purge = 1
    ${NSD_Check} $BoxPurge
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(UnButton)"
  nsDialogs::Show
FunctionEnd

Function un.ConfirmLeave
  ${NSD_GetState} $BoxPurge $Purge
FunctionEnd

Section "Uninstall"
  ${IfNot} ${FileExists} "$INSTDIR\versions\*.*"
    !insertmacro Failed "$(NotHere)"
  ${EndIf}
  Call un.AskToLeave
  ${If} $R0 <> 0
    !insertmacro Failed "$(StillRuns)"
  ${EndIf}

!ifdef PACKAGE
  ${If} ${AtLeastBuild} 22000 ; before its files go
    nsExec::Exec '"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -Command "Get-AppxPackage -Name ${PACKAGE_NAME} | Remove-AppxPackage"'
    Pop $0
  ${EndIf}
!endif
  Call un.TakeBackMenus
  Delete "${SHORTCUT}"
  DeleteRegValue HKCU "${RUN}" "Homespun"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${OWN}"

  FindFirst $R8 $R9 "$INSTDIR\versions\*.*"
  ${DoWhile} $R9 != ""
    ${If} $R9 != "."
    ${AndIf} $R9 != ".."
      StrCpy $0 $R9 1
      StrCpy $1 $R9 "" -4
      ${If} $1 == ".tmp"
      ${AndIf} $0 >= 0
        RMDir /r "$INSTDIR\versions\$R9" ; half unpacked by an update that was cut off; nobody else's
      ${ElseIf} ${FileExists} "$INSTDIR\versions\$R9\files.json"
        StrCpy $R0 "$INSTDIR\versions\$R9"
        Call un.DeleteVersion
      ${EndIf}
    ${EndIf}
    FindNext $R8 $R9
  ${Loop}
  FindClose $R8
  RMDir "$INSTDIR\versions"
  FindFirst $R8 $R9 "$INSTDIR\starts-*"
  ${DoWhile} $R9 != ""
    Delete "$INSTDIR\$R9"
    FindNext $R8 $R9
  ${Loop}
  FindClose $R8
  Delete "$INSTDIR\current.json"
  Delete "$INSTDIR\current.json.new"
  Delete "$INSTDIR\.current.*.tmp"
  ; A launcher that is just handing something over can't be deleted: it is gone in a moment.
  StrCpy $0 0
  ${Do}
    Delete "$INSTDIR\homespun-launch.exe"
    ${IfNot} ${FileExists} "$INSTDIR\homespun-launch.exe"
    ${OrIf} $0 > 40
      ${ExitDo}
    ${EndIf}
    Sleep 250
    IntOp $0 $0 + 1
  ${Loop}
  Delete "$INSTDIR\homespun-launch.exe.old"
  Delete "$INSTDIR\homespun-launch.exe.new"
  Delete "$INSTDIR\homespun.exe"
  Delete "$INSTDIR\homespun.exe.old"
  Delete "$INSTDIR\homespun.exe.new"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"

  ${If} $Purge = 1
  ${AndIf} $LOCALAPPDATA != ""
    RMDir /r "$LOCALAPPDATA\homespun" ; the app's own folder, by the name that platformdirs gives it
  ${EndIf}
  Call un.TellExplorer
  SetErrorLevel 0
SectionEnd
