Attribute VB_Name = "WpsRunner"
Option Explicit
' Guards, says in the status bar that something happens, and starts Python once.
' What a button does is decided in Python (wps_xl/ribbon.py).

Public Const WPS_VERSION As String = "0.2.0"
Private Const WPS_TITLE As String = "WPS 1325"

Public Function WpsBookKind() As String
    ' What the workbook in front is: review, return, other, or none.
    WpsBookKind = "none"
    If ActiveWorkbook Is Nothing Then Exit Function
    WpsBookKind = "other"
    If WpsHasSheet("Cover") Then WpsBookKind = "return"
    If WpsHasSheet("Cycle") And WpsHasSheet("Lists") Then WpsBookKind = "review"
End Function

Private Function WpsHasSheet(ByVal sheetName As String) As Boolean
    Dim sheet As Object
    For Each sheet In ActiveWorkbook.Sheets
        If LCase$(sheet.Name) = LCase$(sheetName) Then WpsHasSheet = True
    Next sheet
End Function

Public Function WpsAllows(ByVal places As String) As Boolean
    ' places names the kinds of workbook that a button works on, or says always: any workbook.
    ' It must never raise: Excel would disable the button without a word.
    On Error GoTo failed
    WpsAllows = (places = "always" And WpsBookKind() <> "none")
    If Not WpsAllows Then WpsAllows = InStr(" " & places & " ", " " & WpsBookKind() & " ") > 0
    Exit Function
failed:
    WpsAllows = False
End Function

Public Function WpsIsPlain(ByVal buttonId As String) As Boolean
    ' Only small letters, digits and underscores may reach the command line.
    Dim i As Long
    If Len(buttonId) = 0 Or Len(buttonId) > 40 Then Exit Function
    For i = 1 To Len(buttonId)
        If InStr("abcdefghijklmnopqrstuvwxyz0123456789_", Mid$(buttonId, i, 1)) = 0 Then Exit Function
    Next i
    WpsIsPlain = True
End Function

Public Function WpsIsNameSafe(ByVal bookName As String) As Boolean
    ' The name of the workbook in front goes through a shell, and a sender chose it.
    Dim i As Long, forbidden As String
    forbidden = "$`%=|\;" & Chr$(34)
    For i = 1 To Len(forbidden)
        If InStr(bookName, Mid$(forbidden, i, 1)) > 0 Then Exit Function
    Next i
    WpsIsNameSafe = True
End Function

Public Function WpsCommand(ByVal buttonId As String) As String
    WpsCommand = "import wps_xl.ribbon; wps_xl.ribbon.run('" & buttonId & "', '" & WPS_VERSION & "')"
End Function

Public Sub WpsRun(ByVal buttonId As String, ByVal places As String)
    If Not WpsIsPlain(buttonId) Then
        WpsSay "This button is not one of wps_xl."
    ElseIf ActiveWorkbook Is Nothing Then
        WpsSay "Open a workbook first, then press the button again."
    ElseIf Not WpsAllows(places) Then
        WpsSay "This button does not work on " & ActiveWorkbook.Name & ". Bring the workbook that you want to work on to the front."
    ElseIf Not WpsIsNameSafe(ActiveWorkbook.Name) Then
        WpsSay "The name " & ActiveWorkbook.Name & " holds one of the characters $ ` % = | \ ; or a quote. Save the workbook under another name, then press the button again."
    Else
        WpsStart buttonId
    End If
End Sub

Private Sub WpsStart(ByVal buttonId As String)
    On Error GoTo failed
    Application.StatusBar = "WPS 1325: working ..."
    RunPython WpsCommand(buttonId)
    #If Mac Then
        ' On macOS RunPython returns at once; Python resets the status bar when it ends.
    #Else
        Application.StatusBar = False
    #End If
    Exit Sub
failed:
    Application.StatusBar = False
    WpsSay "Python could not be started: " & Err.Description & " Run wps-xl addin diagnose in a command window; it says what to do."
End Sub

Private Sub WpsSay(ByVal text As String)
    MsgBox text, vbInformation, WPS_TITLE
End Sub
