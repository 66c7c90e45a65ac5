/** What the parameters say that controls of security groups share, one sentence each; for pages, editors and help. */
export const sharedParameterDescriptions = {
  ipv4Prefix:
    'A source is the internet when it holds more IPv4 addresses than a block of this prefix length, private and special ones left out.',
  ipv6Prefix: 'The same for IPv6.',
  ipv4SumPrefix:
    'Sources that are harmless alone are the internet together when they hold more IPv4 addresses than a block of this prefix length.',
  ipv6SumPrefix: 'The same for IPv6.',
  severity: 'How bad a violation is while a network interface uses the group, or while that is not known.',
  unattachedSeverity: 'How bad a violation is while no network interface uses the group.',
  rulesQuota:
    "How many rules AWS lets the group have, counted for IPv4 and IPv6 apart, from 1 to 1,000. AWS's default is 60. A fix that requires more rules than that at any moment is lossy.",
} as const;
