"""An inbox: takes mail over SMTP, keeps it in files, shows it in a browser.

A process of its own, which knows nothing of the rest of the tool but its messages.
"""
