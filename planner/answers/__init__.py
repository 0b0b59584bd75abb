"""One file a question: what is asked, computed, told and written."""
