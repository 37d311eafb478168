"""The data in the forms and schemes of others."""
