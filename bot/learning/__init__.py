"""Pure rules of lessons: which answer counts (`quiz`) and how far a person has come (`progress`)."""
