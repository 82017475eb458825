Attribute VB_Name = "WpsRibbon"
Option Explicit
' What Excel calls: the ribbon when it loads, a button that is pressed, whether a button is enabled.

Private mRibbon As IRibbonUI
Private mEvents As WpsEvents

Public Sub WpsOnLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
End Sub

Public Sub WpsOnAction(control As IRibbonControl)
    WpsRun control.ID, control.Tag
End Sub

Public Sub WpsGetEnabled(control As IRibbonControl, ByRef returnedVal)
    returnedVal = WpsAllows(control.Tag)
End Sub

Public Sub WpsRefresh()
    ' Excel asks again which buttons are enabled.
    On Error Resume Next
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
    On Error GoTo 0
End Sub

Public Sub WpsListen()
    Set mEvents = New WpsEvents
    mEvents.Follow Application
End Sub

Public Sub WpsStopListening()
    Set mEvents = Nothing
End Sub
