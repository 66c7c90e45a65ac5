import type { TemplateResource } from '../template';
import type { Deploy, StackSettings } from './settings';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly createdAt: Date;
  readonly settings: StackSettings;
  status: 'CREATE_COMPLETE' | 'FAILED';
  statusReason?: string;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE';
  readonly changes: readonly ResourceChange[];
  /** Creates or updates the stack. */
  readonly deploy: Deploy;
}

/** What a change set does to a resource. */
export interface ResourceChange {
  action: 'Add' | 'Modify' | 'Remove';
  logicalId: string;
  type: string;
}

/** What becomes of the resources of a template when another one takes its place. */
export function resourceChanges(
  before: Readonly<Record<string, TemplateResource>>,
  after: Readonly<Record<string, TemplateResource>>,
): ResourceChange[] {
  const ids = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return ids.flatMap((logicalId): ResourceChange[] => {
    const [old, next] = [before[logicalId], after[logicalId]];
    const type = (next ?? old)?.Type ?? '';
    if (!old) return [{ action: 'Add', logicalId, type }];
    if (!next) return [{ action: 'Remove', logicalId, type }];
    return JSON.stringify(old) === JSON.stringify(next) ? [] : [{ action: 'Modify', logicalId, type }];
  });
}
