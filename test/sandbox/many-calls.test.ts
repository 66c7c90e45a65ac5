import { readdirSync, readFileSync } from 'node:fs';
import { type Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { clientsOfAccount } from '../../sandbox/account-clients';

/** Connections that a client of the SDK has at most. */
const connections = 50;

describe('many calls at once', () => {
  let server: Server;
  let reached: Promise<void>;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    reached = new Promise((resolve) => {
      let requests = 0;
      server = createServer(() => {
        requests += 1;
        if (requests === connections) resolve();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    server.closeAllConnections();
    server.close();
  });

  it('wait for a connection without a warning', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
    const gateway = { endpoint: `http://127.0.0.1:${port}`, administratorOf: () => credentials };
    const { ec2 } = clientsOfAccount(gateway as never, '222222222222', 'eu-west-1');
    for (let call = 0; call < 3 * connections + 1; call += 1) {
      void ec2.send(new DescribeVpcsCommand({})).catch(() => undefined);
    }
    await reached;
    const handler = ec2.config.requestHandler as NodeHttpHandler;
    const agents = handler.httpHandlerConfigs() as unknown as { httpAgentProvider(): Promise<Agent> };
    const { requests } = await agents.httpAgentProvider();
    while (Object.values(requests).flat().length <= 2 * connections) await setImmediate();
    vi.advanceTimersByTime(60_000);
    expect(warn).not.toHaveBeenCalled();
    ec2.destroy();
  });
});

it('is expected of every client that the sandbox makes', () => {
  const room = join(__dirname, '../../sandbox');
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const making = files.filter((name) =>
    /new (\w+Client|clientClass)\(/.test(readFileSync(join(room, name), 'utf8')),
  );
  expect(making.length).toBeGreaterThan(10);
  for (const name of making) {
    // What is handed a configuration is handed the whole of it: its type says so.
    expect(readFileSync(join(room, name), 'utf8'), name).toMatch(
      /\.\.\.manyCalls|SandboxClientConfiguration/,
    );
  }
});
