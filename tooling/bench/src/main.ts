import { cpus } from 'node:os';
import { openDatabase } from '@signalbox/db/client/database';
import { openBenchServer } from './bench-server.ts';
import { type BenchWorkspace, makeBenchWorkspace } from './bench-workspace.ts';
import { type Contest, contests } from './contests.ts';
import { admissionRate } from './measures/admission.ts';
import { equalTimes } from './measures/equal-times.ts';
import { spread } from './stats.ts';
import { asTable, type Line } from './table.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const tenants = 6_000;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const server = await openBenchServer(process.env.DATABASE_URL);
try {
  const db = await openDatabase({ url: server.url, name: 'bench' });
  const workspace = await makeBenchWorkspace(db, server.admin, tenants);
  await db.close();
  const [version] = await server.admin<
    { version: string }[]
  >`select split_part(version(), ' ', 2) as version`;
  say(
    `Node ${process.versions.node}, PostgreSQL ${version?.version}, ${cpus().length} cores, ${rounds} rounds in turn.`,
  );
  const lines: Line[] = [];
  for (const contest of contests({ server, workspace })) lines.push(...(await measure(contest, workspace)));
  say(`\n${asTable(lines)}`);
  say('\nAnswers that must not be told apart, median (range) in ms:');
  for (const { what, times } of await equalTimes(server.url, workspace)) {
    const each = Object.entries(times).map(
      ([name, { median, min, max }]) => `${name} ${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`,
    );
    say(`${what}: ${each.join(', ')}`);
  }
} finally {
  await server.close();
}

/** Lets every contender of a contest take its turn in each round, so that a drifting machine drifts for all. */
async function measure(contest: Contest, workspace: BenchWorkspace): Promise<Line[]> {
  const figures = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const [name, run] of Object.entries(contest.contenders)) {
      await server.clear(() => admissionRate(server.url, workspace, { callers: 16, count: 300 }));
      const figure = await run();
      figures.set(name, [...(figures.get(name) ?? []), figure]);
      say(`${contest.what} · round ${round} · ${name}: ${figure.toPrecision(4)} ${contest.unit}`);
    }
  }
  const ours = figures.get('Signalbox') ?? [];
  return [...figures]
    .filter(([name]) => name !== 'Signalbox')
    .map(([peer, theirs]) => ({
      what: contest.what,
      unit: contest.unit,
      ours: spread(ours),
      peer,
      theirs: spread(theirs),
      ratio: spread(ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN))),
      floor: contest.floors[peer] ?? '',
    }));
}
