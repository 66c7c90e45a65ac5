const { runChecks } = require('../../scripts/check/run-checks') as {
  runChecks(
    checks: readonly (readonly [string, string, string[]])[],
    run: (command: string, args: string[]) => Promise<number>,
    say: (line: string) => void,
  ): Promise<string[]>;
};

const checks = [
  ['types', 'tsc', []],
  ['lint and format', 'biome', []],
  ['synth', 'cdk', []],
] as const satisfies readonly (readonly [string, string, string[]])[];

async function ran(...failing: string[]) {
  const commands: string[] = [];
  const failed = await runChecks(
    checks,
    async (command) => {
      commands.push(command);
      return failing.includes(command) ? 1 : 0;
    },
    () => {},
  );
  return { commands, failed };
}

it('runs every check, also when one fails', async () => {
  expect(await ran()).toEqual({ commands: ['tsc', 'biome', 'cdk'], failed: [] });
  expect(await ran('biome')).toEqual({ commands: ['tsc', 'biome', 'cdk'], failed: ['lint and format'] });
});

it("runs nothing of code whose types do not fit, so that the compiler's words are the last", async () => {
  expect(await ran('tsc')).toEqual({ commands: ['tsc'], failed: ['types'] });
});
