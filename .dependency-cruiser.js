// The arrows of the house, as `docs/architecture.md` draws them; `npm run check` holds them.

// Without this parser dependency-cruiser reads no TypeScript, and finds nothing wrong: its absence has to be an error.
require('@swc/core');
const { rooms } = require('./scripts/rooms');

const everyRoom = [...rooms, 'test'];
/** What each room may use, beside itself. */
const arrows = {
  core: [],
  resources: ['core'],
  controls: ['core', 'resources'],
  config: ['core', 'resources', 'controls'],
  ledger: ['core', 'config'],
  decision: ['core', 'resources', 'controls', 'config', 'ledger'],
  'member-functions': ['core', 'resources', 'controls', 'config'],
  'hub-functions': ['core', 'resources', 'controls', 'config', 'decision', 'ledger'],
  infra: ['core', 'resources', 'controls', 'config', 'member-functions'],
  operator: ['core', 'resources', 'controls', 'config', 'decision', 'ledger'],
  cli: ['core', 'resources', 'controls', 'config', 'decision', 'ledger', 'operator', 'infra', 'sandbox'],
  sandbox: ['core', 'resources', 'controls', 'config', 'infra'],
};
/** Parts of a room that are faces: they ask `operator/`, as the command line does. */
const faces = { 'hub-functions': '^hub-functions/doctor/' };
/** The files of a resource type that know the AWS SDK. */
const withSdk = '^resources/[^/]+/(read|apply|restore|calls|writes|complete|adapter|walk)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'What depends on each other in a circle cannot be understood or changed apart.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(arrows).map(([room, uses]) => ({
      name: `arrows-of-${room}`,
      comment: `${room} may use ${uses.join(', ') || 'no other room'}.`,
      severity: 'error',
      from: { path: `^${room}/`, ...(faces[room] && { pathNot: faces[room] }) },
      to: { path: `^(${everyRoom.filter((other) => other !== room && !uses.includes(other)).join('|')})/` },
    })),
    {
      name: 'the-daily-doctor-is-a-face',
      comment: 'hub-functions/doctor is a face: it may use what hub-functions may use, and operator.',
      severity: 'error',
      from: { path: '^hub-functions/doctor/' },
      to: {
        path: `^(${everyRoom.filter((other) => ![...arrows['hub-functions'], 'hub-functions', 'operator'].includes(other)).join('|')})/`,
      },
    },
    {
      name: 'the-sdk-is-for-remediation',
      comment: 'What of a resource type calls AWS is reached by remediation functions and the patrol alone.',
      severity: 'error',
      from: {
        path: `^(${everyRoom.filter((room) => room !== 'test').join('|')})/`,
        pathNot: [withSdk, '^hub-functions/(remediation|patrol/walker)/', '^resources/(walks|kit/.*)\\.ts$'],
      },
      to: { path: withSdk },
    },
    {
      name: 'pure-rooms-know-no-aws-client',
      comment: 'Verdicts, plans, the policy and the words are pure.',
      severity: 'error',
      from: { path: '^(core|resources|controls|config|decision)/', pathNot: [withSdk, '^resources/kit/'] },
      to: { path: 'node_modules/@aws-sdk/(client|lib)-' },
    },
    {
      name: 'decision-reaches-no-aws-client',
      comment:
        'It knows what the ledger keeps, and nothing of how it is kept, however many files lie between.',
      severity: 'error',
      from: { path: '^decision/' },
      to: { path: 'node_modules/@aws-sdk/(client|lib)-', reachable: true },
    },
    {
      name: 'the-library-knows-no-face',
      comment: "Words and colours of a terminal are the command line's.",
      severity: 'error',
      from: { path: '^(core|resources|controls|config|decision|ledger|operator)/' },
      to: { path: 'node_modules/(@clack/prompts|commander|picocolors|cli-table3)/' },
    },
    {
      name: 'production-knows-no-sandbox',
      comment: 'The command that starts it, tests and the bench do.',
      severity: 'error',
      from: {
        path: '^(core|resources|controls|config|decision|ledger|operator|member-functions|hub-functions|infra)/',
      },
      to: { path: '^(sandbox|cli|test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
