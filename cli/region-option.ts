import { Option } from 'commander';

/** The option of every command that reaches a hub. */
export function regionOption(): Option {
  return new Option(
    '--region <region>',
    "the hub's Region; else AWS_REGION, AWS_DEFAULT_REGION, or what config/organization.yaml says",
  );
}
