import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { type ClientOf, clientsMadeWith } from '../../client-of';
import type { Place } from '../../events';
import type { Gateway } from '../../gateway/api';
import { manyCalls } from '../../many-calls';

/** The clients with which AWS Config looks at an account and Region, as its administrator. */
export interface AccountClients {
  readonly ec2: EC2Client;
  readonly s3: S3Client;
  readonly s3Control: S3ControlClient;
  readonly iam: IAMClient;
  readonly cloudTrail: CloudTrailClient;
  /** A client of another service, the same for the same `make`. */
  readonly client: ClientOf;
}

/** Makes clients when they are first needed, and keeps them. */
export class ClientsByPlace {
  private readonly clients = new Map<string, AccountClients>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32, lookup: loopback });

  constructor(private readonly gateway: Pick<Gateway, 'port' | 'endpoint' | 'administratorOf'>) {}

  of(place: Place): AccountClients {
    const key = `${place.accountId}/${place.region}`;
    const known = this.clients.get(key);
    if (known) return known;
    const made = this.make(place);
    this.clients.set(key, made);
    return made;
  }

  stop(): void {
    this.agent.destroy();
  }

  private make(place: Place): AccountClients {
    const configuration = {
      region: place.region,
      endpoint: this.gateway.endpoint,
      credentials: this.gateway.administratorOf(place.accountId),
      requestHandler: { ...manyCalls.requestHandler, httpAgent: this.agent },
    };
    const made: { -readonly [Name in keyof AccountClients]?: AccountClients[Name] } = {};
    return {
      client: clientsMadeWith(configuration),
      get ec2() {
        made.ec2 ??= new EC2Client(configuration);
        return made.ec2;
      },
      get s3() {
        made.s3 ??= new S3Client({ ...configuration, forcePathStyle: true });
        return made.s3;
      },
      get s3Control() {
        // The client puts the account id before the host, which an IP address does not allow.
        made.s3Control ??= new S3ControlClient({
          ...configuration,
          endpoint: configuration.endpoint.replace('127.0.0.1', 'localhost'),
        });
        return made.s3Control;
      },
      get iam() {
        made.iam ??= new IAMClient(configuration);
        return made.iam;
      },
      get cloudTrail() {
        made.cloudTrail ??= new CloudTrailClient(configuration);
        return made.cloudTrail;
      },
    };
  }
}

/** Every name is the gateway, `<account>.localhost` too: these clients talk to nobody else. */
const loopback: LookupFunction = (_name, options, answer) => {
  if (options.all) answer(null, [{ address: '127.0.0.1', family: 4 }]);
  else answer(null, '127.0.0.1', 4);
};
