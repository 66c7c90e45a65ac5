import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { serveDeployments } from '../../../cli/sandbox/deploy-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { startScenarioSandbox } from '../../../sandbox/scenario/sandbox';
import { becomeOperator, ingressOf, lastReportOf, patience, until } from '../../end-to-end/support';
import { assembleOnce } from '../../support/assembly';
import { staunch } from '../../support/command';
import { startTestMoto } from '../../support/moto';

let sandbox: Sandbox;
let directory: string;
let leaveHub: (() => void) | undefined;

beforeAll(async () => {
  sandbox = await startScenarioSandbox({
    projectDirectory: join(__dirname, '..', '..', '..'),
    timeScale: 60,
    policyFile: { name: 'first.yaml', text: 'autoResponse: { default: off }\n' },
    assemble: assembleOnce,
    moto: startTestMoto,
  });
  serveDeployments(sandbox);
  directory = mkdtempSync(join(tmpdir(), 'staunch-own-policy-'));
  // With a session of a role, as the printed commands take one.
  leaveHub = await becomeOperator(sandbox);
}, patience);

afterAll(async () => {
  leaveHub?.();
  rmSync(directory, { recursive: true, force: true });
  await sandbox.stop();
});

describe('a kept sandbox', () => {
  it(
    'goes on after a wrong call, and takes another policy, its flags and its parameters',
    async () => {
      const clients = sandbox.clients('playground', 'eu-west-1');
      const stranger = new CloudTrailClient({
        region: 'eu-west-1',
        endpoint: sandbox.gateway.endpoint,
        credentials: { accessKeyId: clients.accountId, secretAccessKey: 'any' },
        maxAttempts: 1,
      });
      await expect(stranger.send(new LookupEventsCommand({}))).rejects.toMatchObject({
        name: 'UnknownOperationException',
      });
      const { GroupId: id = '' } = await clients.ec2.send(
        new CreateSecurityGroupCommand({ GroupName: 'own', Description: 'own' }),
      );
      const open = (port: number) => ({
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
      });
      await clients.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [open(8123)] }),
      );
      const file = join(directory, 'second.yaml');
      writeFileSync(
        file,
        'autoResponse:\n  default: off\n  accounts:\n    playground:\n      controls:\n        security-group-open-ports: { flag: on, parameters: { prohibitedPorts: [8123] } }\n',
      );

      expect(await staunch('sandbox', 'deploy', file)).toMatchObject({ status: 0, complained: '' });

      await until(sandbox, 'the port was closed', () => lastReportOf(sandbox, id)?.state === 'fixed');
      expect(await ingressOf(clients, id)).toEqual([]);
      const explained = await staunch('explain', 'playground', 'security-group-open-ports');
      expect(explained.printed).toContain('second.yaml:6');
      expect(sandbox.failures.all).toEqual([]);
    },
    patience,
  );
});
