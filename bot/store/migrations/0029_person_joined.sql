-- Who joined after a check-in had opened is looked up each time that the card of the missing changes.

CREATE INDEX person_joined ON person (joined_at) WHERE role = 'teacher' AND state = 'active';
