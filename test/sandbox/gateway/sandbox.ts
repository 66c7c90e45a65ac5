import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { EventLog } from '../../../sandbox/events';
import { Failures } from '../../../sandbox/failures';
import type { Credentials, Gateway } from '../../../sandbox/gateway/api';
import { startGateway } from '../../../sandbox/gateway/gateway';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

export const management = '111111111111';
export const region = 'eu-west-1';

/** What an SDK client needs to reach the gateway as somebody. */
export interface ClientConfiguration {
  region: string;
  endpoint: string;
  credentials: Credentials;
  maxAttempts: number;
}

/** A gateway in front of a moto, with an organization of a hub and a member, and a clock that a test can move. */
export class TestSandbox {
  readonly events = new EventLog();
  readonly failures = new Failures();
  /** Milliseconds that the gateway's clock is ahead. */
  ahead = 0;
  hub = '';
  member = '';
  private moto: Moto | undefined;
  private started: Gateway | undefined;

  get gateway(): Gateway {
    if (!this.started) throw new Error('The sandbox is not started.');
    return this.started;
  }

  async start(): Promise<void> {
    this.moto = await startTestMoto();
    this.started = await startGateway({
      motoEndpoint: this.moto.endpoint,
      events: this.events,
      failures: this.failures,
      now: () => Date.now() + this.ahead,
    });
    const organizations = new OrganizationsClient(this.as(management));
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    this.hub = await this.createAccount(organizations, 'hub');
    this.member = await this.createAccount(organizations, 'member');
  }

  async stop(): Promise<void> {
    await this.started?.stop();
    await this.moto?.stop();
  }

  /** Configuration of a client that calls as an account's administrator, or with the given credentials. */
  as(caller: string | Credentials): ClientConfiguration {
    const credentials = typeof caller === 'string' ? this.gateway.administratorOf(caller) : caller;
    return { region, endpoint: this.gateway.endpoint, credentials, maxAttempts: 1 };
  }

  /** Creates a role under `/staunch/` with one inline policy; returns its ARN. */
  async createRole(accountId: string, name: string, trust: object, ...statements: object[]): Promise<string> {
    const iam = new IAMClient(this.as(accountId));
    await iam.send(
      new CreateRoleCommand({ RoleName: name, Path: '/staunch/', AssumeRolePolicyDocument: document(trust) }),
    );
    if (statements.length > 0) {
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: name,
          PolicyName: 'policy',
          PolicyDocument: document(...statements),
        }),
      );
    }
    return `arn:aws:iam::${accountId}:role/staunch/${name}`;
  }

  async assume(
    caller: string | Credentials,
    roleArn: string,
    input: Partial<AssumeRoleCommandInput> = {},
  ): Promise<Credentials> {
    const { Credentials: issued } = await new STSClient(this.as(caller)).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ...input }),
    );
    return {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? '',
    };
  }

  private async createAccount(organizations: OrganizationsClient, name: string): Promise<string> {
    const { CreateAccountStatus } = await organizations.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@sandbox.invalid` }),
    );
    return CreateAccountStatus?.AccountId ?? '';
  }
}

/** A policy document of the given statements. */
export function document(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A trust statement for an AWS principal. */
export function trust(principal: string, condition: object = {}): object {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', Condition: condition };
}
