import type { Place } from '../../events';

/** An AWS Config rule, as its template describes it. */
export interface ConfigRule extends Place {
  name: string;
  arn: string;
  owner: 'AWS' | 'CUSTOM_LAMBDA';
  /** Managed rule identifier, or the function's ARN. */
  sourceIdentifier: string;
  /** JSON text of the rule's parameters; absent for none. */
  inputParameters?: string;
  /** Resource types of the scope; empty for none. */
  resourceTypes: string[];
  messageTypes: string[];
}

/** AWS Config's part of the sandbox. */
export interface ConfigService {
  /** @throws ConfigError where another recorder is there already */
  putConfigurationRecorder(
    place: Place,
    recorder: {
      name: string;
      roleArn: string;
      resourceTypes: string[];
      allSupported: boolean;
      frequency?: 'CONTINUOUS' | 'DAILY';
    },
  ): void;
  /** Ends the recording; what was recorded stays. */
  deleteConfigurationRecorder(place: Place): void;
  putDeliveryChannel(place: Place, channel: { name: string; bucketName: string }): Promise<void>;
  deleteDeliveryChannel(place: Place): void;
  /** Also evaluates what exists already, as AWS Config does for a new rule. */
  putRule(rule: ConfigRule): Promise<void>;
  deleteRule(ruleArn: string): void;
  /** Has what is recorded from now on evaluated or not; what is under way goes on. A rule that is put while not is not created. */
  setEvaluating(evaluates: boolean): void;
  /** Whether every recorded change was evaluated. */
  idle(): boolean;
  stop(): void;
}
