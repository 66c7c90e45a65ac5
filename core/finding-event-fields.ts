import type { FindingEvent } from './finding-event';

/** What each key of the event `staunch.finding` means, for its JSON Schema and its page. Markdown without links. */
export const findingEventFields: Readonly<Record<keyof FindingEvent, string>> = {
  version: 'Version of this schema. Pass over keys that you do not know: a version may get more of them.',
  eventId: 'The same for every delivery of the same event: drop what you have seen.',
  findingId: 'How people, and commands, name this occurrence of the finding: `staunch show` takes it.',
  finding: 'Which finding: account, Region, control, type and id of the resource.',
  resourceArn: 'ARN of the resource.',
  occurrence: 'From 1: the same resource opened again is a new occurrence.',
  severity: 'How bad it is, by its control.',
  open: 'Whether the danger may still be there, in this state.',
  receivedAt: 'When this occurrence was first received.',
  sequence:
    'From 1, one more with each event of the occurrence. Events may arrive in another order: the highest is the present state. A number that is missing is on its way.',
  state: 'The state that the finding came to.',
  previousState: 'The state before; absent in the first event of an occurrence.',
  attempt: 'Number of the look at the resource that led to the state.',
  at: 'When it came to the state.',
  flag: 'What the policy lets Staunch do there; absent where that could not be resolved.',
  decidedBy: 'Which line of the policy decided.',
  reason: "A sentence for people where the state needs one. May hold a person's text.",
  errorCode: "AWS's error code, where AWS refused something.",
  heldBy:
    'What a finding that is `held` waits for: `frozen`, `stop`, `freeze`, `names`, `limit`, `conflict`, `account` or `places`.',
  violations:
    "What is wrong, a sentence each; as many as fit into 2,000 bytes. Text of the resource's owners.",
  changes: 'What a fix would change, or has changed, a sentence each; as many as fit into 2,000 bytes.',
  lossy: 'Whether the fix also takes something that is not the danger.',
  planDigest: 'What an approval, or a denial, of these changes names.',
  decision:
    "What a person decided, where that counts now or led to the state: `approved`, `denied`, `exempted` or `undone`, by whom, when, why and until when. Holds a person's text.",
  accountName: 'What the account is called.',
  unit: 'The path from the root to the organizational unit that the account lies in.',
  detector: 'What said first that the resource has to be looked at: `rule`, `trail` or `patrol`.',
  opened:
    'Who opened the resource, and with what tool, where CloudTrail has said it. The session and the tool are what the caller says of himself.',
  stack: 'Name of the CloudFormation stack that made the resource.',
  owner: 'Who owns the resource, by its tags.',
  tags: 'Those of its tags that the policy names for owners and routes.',
  shortened:
    'Present, and `true`, where the bus was away so long that only the state is told: `staunch show` says the rest.',
};
