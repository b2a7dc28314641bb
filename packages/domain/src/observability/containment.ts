/**
 * How a worker keeps the tree of a command together and ends it with itself:
 * - `pid_namespace`, `user_pid_namespace`: the command is the first process of a namespace of its own (the second where
 *   the worker may not make one as it is). The kernel ends every process in it when the command ends, however they were
 *   started, and ends the command when the worker dies.
 * - `process_group`: the command leads a group, and a watchdog at the end of a pipe kills the group when the worker dies.
 *   A process that moves into a session of its own escapes.
 */
export type ContainmentKind = 'pid_namespace' | 'user_pid_namespace' | 'process_group';
