/** In what form AWS's API answers about a resource type, for people who hand such answers over. */
export interface ApiForm {
  /** For example `a SecurityGroup`. */
  form: string;
  /** Commands of the aws command line that print it. */
  commands: readonly string[];
}
