// The table as a page of the documentation: all of the page, so that nothing in it is older than the run.
import { availableParallelism } from 'node:os';
import { grid, pairLine, reasons, summary } from './table.mjs';

const BROWSERS = { chromium: 'Chromium', firefox: 'Firefox, each player and engine' };

/** @param {{ browser: string, cells: object[], pairs: object[] }[]} found */
export function markdown(found, expectations, missing) {
  return `${[
    '# Conformance',
    'Every player on every engine with every kind of stream, held against one list of expectations: two viewers in real browsers, the second five seconds after the first, both with P2P, a real tracker and a real origin. This page is written by',
    '```sh\nnpm run conformance -- --browser chromium,firefox --markdown docs/conformance.md\n```',
    `which took ${minutesOf(found)} minutes on ${availableParallelism()} cores; \`--resume\` runs again only what did not pass, \`--cell "vhs live"\` what has these words in its name, and \`--without-p2p\` shows what a player does by itself.`,
    ...found.filter(({ cells, pairs }) => cells.length + pairs.length > 0).flatMap((result) => section(result, expectations)),
    '## What a dash means',
    [...new Set(found.flatMap(({ cells }) => reasons(cells, [])).concat(reasons([], missing)))].map((reason) => `- ${reason}`).join('\n'),
    ...failures(found),
    `**${summary(found).text}**`,
  ].join('\n\n')}\n`;
}

const minutesOf = (found) => Math.round(found.flatMap(({ cells, pairs }) => [...cells, ...pairs]).reduce((sum, { seconds }) => sum + seconds, 0) / 60);

function section({ browser, cells, pairs }, expectations) {
  const { heads, rows } = grid(cells, expectations);
  const row = (texts) => `| ${texts.join(' | ')} |`;
  return [
    `## ${BROWSERS[browser] ?? browser}`,
    [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n'),
    ...(pairs.length > 0 ? ['Different players with the same content are in one swarm; each gives to the other:', pairs.map((pair) => `- ${pairLine(pair)}`).join('\n')] : []),
  ];
}

function failures(found) {
  const lines = found.flatMap(({ cells, pairs }) =>
    [...cells, ...pairs].flatMap(({ name, outcomes }) => outcomes.filter(({ result }) => result === 'failed').map((outcome) => `- ${name}, ${outcome.name}: ${outcome.why.split(/[;\n]/)[0]}`)),
  );
  return lines.length > 0 ? ['## What failed', lines.join('\n')] : [];
}
