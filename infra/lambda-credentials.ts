/*
 * Stands in the bundles of hub functions for the AWS SDK's search for credentials (`@aws-sdk/credential-provider-node`). Lambda
 * gives a function its role's credentials as environment variables, where the SDK looks first. Everything that it would try after
 * that (profiles, SSO, other endpoints, processes) is a third of a bundle, and answers nothing in Lambda.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
