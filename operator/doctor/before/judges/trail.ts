import { callsIn } from '../../cure';
import type { Check } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'trail';

/**
 * Whether a trail of the organization logs everywhere: without one nothing is found within seconds.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
export const trail: Check<BeforeFacts> = {
  name: check,
  judge({ trail: of, managementAccount, hub }) {
    if ('unread' in of) return [unread(check, managementAccount, of.unread)];
    const found = of.read;
    if (found === undefined)
      return [
        {
          check,
          // It is the organization's to choose: the two other detectors work without one.
          condition: 'notice',
          text: 'No CloudTrail trail of the organization: AWS Config and the patrol alone find what is open, later.',
          cure: callsIn(
            managementAccount,
            [
              {
                service: 'cloudtrail',
                operation: 'CreateTrail',
                region: hub.region,
                input: {
                  Name: 'organization',
                  S3BucketName: `organization-trail-${managementAccount}`,
                  IsMultiRegionTrail: true,
                  IsOrganizationTrail: true,
                },
              },
              {
                service: 'cloudtrail',
                operation: 'StartLogging',
                region: hub.region,
                input: { Name: 'organization' },
              },
            ],
            'The bucket has to be there, with the policy that AWS describes: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html',
          ),
        },
      ];
    const { arn: Name, homeRegion: region, isLogging, isEverywhere } = found;
    if (!isEverywhere)
      return [
        {
          check,
          condition: 'not well',
          text: `The organization's trail logs in ${region} alone.`,
          cure: callsIn(managementAccount, [
            {
              service: 'cloudtrail',
              operation: 'UpdateTrail',
              region,
              input: { Name, IsMultiRegionTrail: true },
            },
          ]),
        },
      ];
    if (!isLogging)
      return [
        {
          check,
          condition: 'not well',
          text: "The organization's trail does not log.",
          cure: callsIn(managementAccount, [
            { service: 'cloudtrail', operation: 'StartLogging', region, input: { Name } },
          ]),
        },
      ];
    return [{ check, condition: 'well', text: "The organization's trail logs in every Region." }];
  },
};
