import { Stack } from 'aws-cdk-lib';
import type { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { describedPlacement } from '../../config/placement-digest';
import { type StackSetKind, stackSetName } from '../../core/names';
import { hubSynthesizer } from '../hub-synthesizer';
import { AccessStack } from '../members/access-stack';
import type { MemberProps } from '../members/member-props';
import { RecorderStack } from '../members/recorder-stack';
import { RemediationStack } from '../members/remediation-stack';
import { RulesStack } from '../members/rules-stack';
import { TrailStack } from '../members/trail-stack';
import { accountGroups, unitGroups } from './instance-groups';
import { MemberStackSet } from './member-stack-set';
import { type AllTargets, isAnywhere, type Part, type SetTargets } from './set-targets';

/** What the stack sets follow from. */
export interface StackSetsStackProps extends MemberProps {
  part: Part;
  targets: AllTargets[Part];
}

/** What tells the sets of one kind from another. */
interface Definition {
  kind: StackSetKind;
  description: string;
  template: new (scope: Construct, id: string, props: MemberProps) => StackSetStack;
  /** IAM is global: roles go to one Region. */
  everyRegion: boolean;
  /** Sets that have to be in an account first; each stands above. */
  after: readonly StackSetKind[];
}

const definitions: readonly Definition[] = [
  {
    kind: 'access',
    description: "Staunch's roles in member accounts that read and report.",
    template: AccessStack,
    everyRegion: false,
    after: [],
  },
  {
    kind: 'remediation',
    description: "Staunch's role in member accounts that can change something.",
    template: RemediationStack,
    everyRegion: false,
    after: [],
  },
  {
    kind: 'trail',
    description: 'Forwarding of recorded calls in every Region of member accounts.',
    template: TrailStack,
    everyRegion: true,
    after: ['access'],
  },
  {
    kind: 'recorder',
    description: 'The recorder of AWS Config in every Region of member accounts.',
    template: RecorderStack,
    everyRegion: true,
    after: ['access'],
  },
  {
    kind: 'rules',
    description: 'The rules of AWS Config in every Region of member accounts.',
    template: RulesStack,
    everyRegion: true,
    after: ['access', 'recorder'],
  },
];

/**
 * The stack sets, in a stack of their own: when an operation fails in some account, CloudFormation rolls back the stack
 * that holds the stack set, and the hub is not part of it. A set that would be nowhere does not exist.
 */
export class StackSetsStack extends Stack {
  private readonly made = new Map<StackSetKind, readonly MemberStackSet[]>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StackSetsStackProps,
  ) {
    super(scope, id, {
      description:
        props.part === 'pilot'
          ? 'Staunch: what the member accounts of the pilot get.'
          : 'Staunch: what every member account gets.',
      env: props.organization.hub,
      synthesizer: hubSynthesizer(),
    });
    for (const definition of definitions) {
      const targets = props.targets[definition.kind];
      if (isAnywhere(targets)) this.made.set(definition.kind, this.setsOf(definition, targets));
    }
  }

  /** The one that auto-deployment fills, and the one beside it for single accounts: whichever there is something for. */
  private setsOf(definition: Definition, targets: SetTargets): MemberStackSet[] {
    const { kind, description, after } = definition;
    const { organization, part } = this.props;
    const regions = regionsOf(organization, definition);
    const template = new definition.template(this, `${kind}-template`, this.props);
    return [
      { accounts: false, groups: unitGroups(targets, regions) },
      { accounts: true, groups: accountGroups(targets, regions) },
    ]
      .filter(({ groups }) => groups.length > 0)
      .map(({ accounts, groups }) => {
        const name = stackSetName(kind, { accounts, pilot: part === 'pilot' });
        return new MemberStackSet(this, accounts ? `${kind}-accounts` : kind, {
          organization,
          name,
          // By it the hub knows whether its own policy has placed them.
          description: describedPlacement(description, organization),
          template,
          groups,
          autoDeployed: !accounts,
          after: after.flatMap((other) => this.made.get(other) ?? []),
        });
      });
  }
}

function regionsOf({ hub, regions }: Organization, { everyRegion }: Definition): string[] {
  return everyRegion ? [...regions] : [hub.region];
}
