# The page of the mailbox
inbox-title = Inbox
inbox-empty = No messages yet. The page looks for new ones by itself.
inbox-delete = Delete all
inbox-no-subject = (no subject)
inbox-subject = Subject
inbox-from = From
inbox-to = To
inbox-date = Date
inbox-at = Received
inbox-alone = Open it in a tab of its own
inbox-text = Text
inbox-attachments = Attachments
inbox-headers = Headers
inbox-source = Source
