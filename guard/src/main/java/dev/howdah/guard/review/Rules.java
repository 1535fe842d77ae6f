package dev.howdah.guard.review;

/** What everything touched is judged by. Immutable. */
record Rules(RoutineRules routines, RelationRules relations, AccessLists access) {}
