import { parse } from 'yaml';
import * as z from 'zod/mini';
import { pageText } from './support/pages';

const step = z.object({
  run: z.optional(z.string()),
  with: z.optional(z.record(z.string(), z.unknown())),
});
const workflow = z.object({
  jobs: z.record(z.string(), z.object({ if: z.string(), steps: z.array(step) })),
});

const [, text = ''] = /```yaml\n(name: staunch\n[\s\S]*?)```/.exec(pageText('docs/pipeline.md')) ?? [];
const { jobs } = z.parse(workflow, parse(text));
const commandsOf = (job: string) =>
  jobs[job]?.steps.flatMap(({ run }) =>
    run?.includes('staunch') ? [run.replace('npm run -s staunch -- ', '')] : [],
  );
const rolesOf = (job: string) =>
  jobs[job]?.steps.flatMap(({ with: given }) => given?.['role-to-assume'] ?? []);

// That the commands and options exist is what test/docs/commands.test.ts says of every page.
describe('the workflow of the page on pipelines', () => {
  it('only looks on a pull request, with a role of its own', () => {
    expect(jobs.preview?.if).toBe("github.event_name == 'pull_request'");
    expect(commandsOf('preview')).toEqual(['validate', 'plan --cost', 'deploy --preview-only']);
    expect(rolesOf('preview')).toEqual([expect.stringMatching(/role\/policy-preview$/)]);
  });

  it('deploys on a merge alone, without a question', () => {
    expect(jobs.deploy?.if).toBe("github.event_name == 'push'");
    expect(commandsOf('deploy')).toEqual(['deploy --yes --json > deployment.json']);
    expect(rolesOf('deploy')).toEqual([expect.stringMatching(/role\/policy-deployer$/)]);
  });

  it('hides no exit status behind a pipe or an alternative', () => {
    for (const { steps } of Object.values(jobs))
      for (const { run = '' } of steps) expect(run).not.toMatch(/[|;]|&&/);
  });
});
