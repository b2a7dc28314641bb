/**
 * Runs a program so that it ends with the launcher, also when the launcher was killed:
 * the channel between them closes then, and the program is asked to stop.
 */
const [, , program] = process.argv;
if (program === undefined) throw new Error('Which program?');
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
await import(program);
