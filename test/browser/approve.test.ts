import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import type { Browser } from 'playwright-core';
import type { Sandbox } from '../../sandbox/sandbox';
import { slackUsers } from '../../sandbox/scenario/slack';
import { ingressOf, lastReportOf, leaveSandbox, patience, sharedSandbox, until } from '../end-to-end/support';
import { installedChromium, startBrowser } from './support/chromium';
import { keepScreenshot } from './support/screenshot';
import { type OpenPage, openSlackPage } from './support/slack-page';

const chromium = installedChromium();
const account = 'payments';

describe.skipIf(chromium === undefined)('the channel of the whole sandbox, in a browser', () => {
  let sandbox: Sandbox;
  let browser: Browser;
  let open: OpenPage | undefined;

  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([sharedSandbox(), startBrowser(chromium ?? '')]);
  }, patience);
  afterEach(() => open?.close());
  afterAll(async () => {
    await browser?.close();
    await leaveSandbox();
  });

  it(
    'fixes the resource by a click on Approve, and says who approved',
    async () => {
      const clients = sandbox.clients(account, sandbox.hub.region);
      const { GroupId: group = '' } = await clients.ec2.send(
        new CreateSecurityGroupCommand({ GroupName: 'approved-in-a-browser', Description: 'open' }),
      );
      const anybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      await clients.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [anybody] }),
      );
      await until(sandbox, 'it waited for approval', () => lastReportOf(sandbox, group)?.state === 'waiting');

      open = await openSlackPage(browser, sandbox.slack, slackUsers.alice);
      const card = open.message(group);
      await card.getByRole('button', { name: 'Approve', exact: true }).click({ timeout: patience });
      await card.getByText('Approved by').waitFor({ timeout: patience });
      await until(sandbox, 'it was fixed', () => lastReportOf(sandbox, group)?.state === 'fixed');
      await card.getByRole('heading', { name: /Fixed/ }).waitFor({ timeout: patience });
      expect(await ingressOf(clients, group)).toEqual([]);
      expect(await card.innerText()).toContain('Alice Example');
      expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(0);
      expect(open.complaints).toEqual([]);
      await keepScreenshot(open.page, 'slack-approved');
    },
    patience,
  );
});
