import { Aws } from 'aws-cdk-lib';
import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { RecorderFrequency } from '../../config/recorder';
import type { CustomControl } from '../../controls/control';
import { recordedTypesOf } from '../../controls/recorded-types';
import { configBucketName, roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';

/** What recording follows from. */
export interface RecordingProps {
  hub: Organization['hub'];
  controls: readonly CustomControl[];
  frequency: RecorderFrequency;
}

/**
 * AWS Config's recorder, for the resource types that some control looks at, and its delivery channel to the hub's
 * bucket. Neither depends on the other: CloudFormation creates them side by side, because the recorder starts only
 * once there is a channel, and a channel needs a recorder:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-configurationrecorder.html
 */
export class Recording extends Construct {
  constructor(scope: Construct, id: string, { hub, controls, frequency }: RecordingProps) {
    super(scope, id);
    new CfnConfigurationRecorder(this, 'Recorder', {
      name: 'staunch',
      roleArn: roleArn(Aws.ACCOUNT_ID, roleNames.configRecorder, partitionOf(hub.region)),
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        // A type that AWS Config does not support in some Region may be named there all the same:
        // https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
        resourceTypes: recordedTypesOf(controls),
        recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      },
      recordingMode: { recordingFrequency: frequency === 'daily' ? 'DAILY' : 'CONTINUOUS' },
    });
    new CfnDeliveryChannel(this, 'Channel', {
      name: 'staunch',
      s3BucketName: configBucketName(hub),
    });
  }
}
