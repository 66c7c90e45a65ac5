import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { Adapter } from '../kit/live-resource';
import { shareAdapter } from '../kit/share-list/adapter';
import { amiShareCalls } from './calls';
import { type Ami, amiFromApi } from './model';
import { readAmi } from './read';
import { amiWords } from './words';

/**
 * Reads and changes AMIs.
 * @param overrides of the EC2 client's configuration
 */
export function amiAdapter(overrides: EC2ClientConfig = {}): Adapter<Ami> {
  return shareAdapter({
    resourceType: 'AWS::EC2::Image',
    words: amiWords,
    makeClient: (configuration) => new EC2Client({ ...configuration, ...overrides }),
    read: readAmi,
    fromSaved: amiFromApi,
    calls: amiShareCalls,
  });
}

/** The name by which the type's remediation function finds it. */
export { amiAdapter as adapter };
