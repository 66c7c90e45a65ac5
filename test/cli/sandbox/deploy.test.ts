import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenPolicy } from '../../../cli/chosen-policy';
import { serveDeployments, serveInstallation } from '../../../cli/sandbox/deploy-service';
import { parseOrganization } from '../../../config/organization';
import { OperatorError } from '../../../operator/errors';
import { ResourceError } from '../../../sandbox/cloudformation/errors';
import { EventLog } from '../../../sandbox/events';
import { UnsupportedError } from '../../../sandbox/failures';
import type { PolicyText, Sandbox } from '../../../sandbox/sandbox';
import { placeholderIds } from '../../../sandbox/scenario/policy-file';
import { TestSandbox } from '../../sandbox/gateway/sandbox';
import { staunch } from '../../support/command';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const sandbox = new TestSandbox();
const log = new EventLog();
let deployed: PolicyText[] = [];
let redeploy = async (): Promise<void> => {};
let directory: string;
let environment: NodeJS.ProcessEnv;
let parts: Pick<Sandbox, 'gateway' | 'hub' | 'organization' | 'redeploy' | 'log'>;

beforeAll(async () => {
  await sandbox.start();
  const { gateway, hub, member } = sandbox;
  const organization = {
    ...placeholderIds,
    rootId: 'r-abcd',
    managementAccountId: '111111111111',
    accounts: { security: hub, playground: member },
    structure: () => ({ version: 1 as const, rootId: 'r-abcd', units: [], accounts: [] }),
    addAccount: async () => '',
    moveAccount: async () => {},
  };
  parts = {
    gateway,
    log,
    hub: { accountId: hub, region: 'eu-west-1' },
    organization,
    redeploy: async (policyOf) => {
      await redeploy();
      deployed.push(policyOf(organization));
    },
  };
  serveDeployments(parts);
  directory = mkdtempSync(join(tmpdir(), 'staunch-deploy-'));
});

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await sandbox.stop();
});

beforeEach(() => {
  deployed = [];
  redeploy = async () => {};
  environment = process.env;
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: sandbox.gateway.endpoint,
    AWS_ACCESS_KEY_ID: sandbox.hub,
  };
});

afterEach(() => {
  process.env = environment;
  expect(sandbox.failures.all).toEqual([]);
});

function policyFile(text: string): string {
  const file = join(directory, 'ours.yaml');
  writeFileSync(file, text);
  return file;
}

describe('staunch sandbox deploy', () => {
  it("deploys the file's policy with the sandbox's own keys, and says what it says", async () => {
    const file = policyFile(
      'autoResponse:\n  default: off\n  accounts:\n    playground: on\n    nobody: on\n',
    );

    const { status, printed } = await staunch('sandbox', 'deploy', file);

    expect(status).toBe(0);
    expect(printed).toMatch(/^4 problems between .*ours\.yaml and the organization:\n[\s\S]*nobody/);
    expect(printed).toMatch(/ours\.yaml is deployed: default off, 2 further flags/);
    expect(deployed).toEqual([
      { fileName: 'ours.yaml', text: expect.stringContaining(`"account":"${sandbox.hub}"`) },
    ]);
  });

  it('prints errors of the policy as validate does, and deploys nothing', async () => {
    const file = policyFile('autoResponse:\n  default: of\n');

    const { status, complained } = await staunch('sandbox', 'deploy', file);

    expect(status).toBe(1);
    expect(complained).toMatch(
      /The policy cannot be used\. Correct this problem:\n.*ours\.yaml:2:12 autoResponse\.default: of/,
    );
    expect(deployed).toEqual([]);
  });

  it.each([
    ['what the sandbox cannot update', new UnsupportedError('Topic of staunch-hub differs.')],
    ['why a stack of the hub failed', new ResourceError('Topic of staunch-hub: AWS says no.')],
    ['what its organization does not tell', new OperatorError('The organization was changed. Try again.')],
  ])('says %s, which ends nothing', async (_, error) => {
    redeploy = () => Promise.reject(error);

    const { status, complained } = await staunch(
      'sandbox',
      'deploy',
      policyFile('autoResponse: { default: off }'),
    );

    expect([status, complained]).toEqual([1, `${error.message}\n`]);
  });

  it('says which stacks of members failed meanwhile, with the reason of AWS', async () => {
    redeploy = async () =>
      log.emit({
        ...{ kind: 'stack-failed', stackSet: 'staunch-access', reason: 'AccessDenied by a policy' },
        ...{ accountId: '333333333333', region: 'eu-west-1' },
      });

    const { status, complained } = await staunch(
      'sandbox',
      'deploy',
      policyFile('autoResponse: { default: off }'),
    );

    expect(status).toBe(1);
    expect(complained).toContain(
      'staunch-access in account 333333333333, eu-west-1: AccessDenied by a policy',
    );
  });

  it.each([
    ['another account', () => ({ AWS_ACCESS_KEY_ID: sandbox.member }), /export AWS_ACCESS_KEY_ID=/],
    ['no account', () => ({ AWS_ACCESS_KEY_ID: undefined }), /refused/],
    ['no sandbox', () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }), /There is no sandbox at/],
    ['AWS itself', () => ({ AWS_ENDPOINT_URL: undefined }), /Which sandbox\?/],
    ['a host elsewhere', () => ({ AWS_ENDPOINT_URL: 'http://192.0.2.1' }), /Which sandbox\?/],
  ])('is refused for %s', async (_, variables, message) => {
    Object.assign(process.env, variables());
    for (const [name, value] of Object.entries(variables()))
      if (value === undefined) delete process.env[name];

    const { status, complained } = await staunch(
      'sandbox',
      'deploy',
      policyFile('autoResponse: { default: off }'),
    );

    expect(status).toBe(1);
    expect(complained).toMatch(message);
    expect(deployed).toEqual([]);
  });

  it('is refused for a file that is not there', async () => {
    expect(await staunch('sandbox', 'deploy', join(directory, 'none.yaml'))).toMatchObject({
      status: 1,
      complained: expect.stringContaining('cannot be read'),
    });
  });
});

describe('a policy that is written for the sandbox alone', () => {
  const short = 'autoResponse:\n  default: off\n  accounts:\n    playground: on\n';

  it('has what production requires when it is previewed, as it would have once it is deployed', async () => {
    const file = policyFile(short);
    const { name, organization } = await chosenPolicy(file);
    await staunch('sandbox', 'deploy', file);

    expect(name).toBe(file);
    expect(organization).toMatchObject({
      hub: { account: sandbox.hub },
      autoResponse: { accounts: { playground: { flag: 'on' } } },
    });
    const [whole] = deployed;
    const text = typeof whole === 'string' ? whole : (whole?.text ?? '');
    expect(organization).toEqual(parseOrganization(text, file));
  });

  it('is previewed by every account of the sandbox, and deploys nothing', async () => {
    process.env.AWS_ACCESS_KEY_ID = sandbox.member;

    expect((await chosenPolicy(policyFile(short))).organization.hub.account).toBe(sandbox.hub);
    expect(deployed).toEqual([]);
  });

  it('is told all that is wrong with it', async () => {
    await expect(chosenPolicy(policyFile('autoResponse: { default: of }'))).rejects.toThrow(
      /The policy cannot be used\. Correct this problem:\n.*a flag is off, approval or on/,
    );
  });

  it('is taken as it is where Staunch is to be installed, and is not deployed by that command', async () => {
    serveInstallation(sandbox);
    try {
      await expect(chosenPolicy(policyFile(short))).rejects.toThrow(/hub/);
      const { status, complained } = await staunch('sandbox', 'deploy', policyFile(short));
      expect([status, complained]).toEqual([1, expect.stringContaining('staunch deploy')]);
      expect(deployed).toEqual([]);
    } finally {
      serveDeployments(parts);
    }
  });

  it('lacks what production requires where no sandbox is', async () => {
    delete process.env.AWS_ENDPOINT_URL;

    await expect(chosenPolicy(policyFile(short))).rejects.toThrow(/hub/);
  });
});

describe('staunch sandbox --policy', () => {
  it('refuses a policy that is wrong before anything is started', async () => {
    const { status, complained } = await staunch(
      'sandbox',
      '--policy',
      policyFile('autoResponse: { default: of }'),
    );

    expect(status).toBe(1);
    expect(complained).toContain('a flag is off, approval or on');
  });
});
