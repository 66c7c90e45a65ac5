import type { OrganizationTree } from '../../services/organizations/organization';

/**
 * An organization that has a life already, of the shape that AWS Control Tower gives one: its recorders, delivery channels and
 * organization's trail are there, and its controls guard them.
 * https://docs.aws.amazon.com/controltower/latest/userguide/shared-account-resources.html
 */
export const controlTowerTree: OrganizationTree = {
  managementAccountId: '100000000002',
  units: {
    Security: { accounts: ['log-archive', 'audit'] },
    Infrastructure: { accounts: ['security-tooling'] },
    Workloads: {
      accounts: [],
      units: {
        Production: { accounts: ['payments', 'regulated', 'storefront'] },
        Development: { accounts: ['staging', 'departed'] },
      },
    },
    Sandbox: { accounts: ['playground'] },
  },
  delegatedAdministrator: 'security-tooling',
};

/** Name of the account that is to be the hub. */
export const controlTowerHub = 'security-tooling';

/** Where Control Tower keeps the records of AWS Config and CloudTrail. */
export const logArchive = 'log-archive';

/** The Regions that Control Tower governs; the first is its home. */
export const governedRegions = ['eu-west-1', 'us-east-1'] as const;

/** A governed Region that has to be opted in to, and the one account that has not. */
export const optInRegion = { region: 'eu-south-1', exceptIn: 'storefront' } as const;

/** What is out of the ordinary, by account. */
export const unusual = {
  /** Suspended: it stays where it is, and nothing can be deployed to it. */
  suspended: 'departed',
  /** A service control policy lets nobody but Control Tower make roles there. */
  denied: 'regulated',
} as const;

/** Names that Control Tower gives. */
export const controlTowerNames = {
  role: 'AWSControlTowerExecution',
  recorder: 'aws-controltower-BaselineConfigRecorder',
  recorderRole: 'aws-controltower-ConfigRecorderRole',
  channel: 'aws-controltower-BaselineConfigDeliveryChannel',
  trail: 'aws-controltower-BaselineCloudTrail',
} as const;
