/**
 * Where AWS Organizations is asked when nothing names a Region. It is the same for all of a partition:
 * https://docs.aws.amazon.com/general/latest/gr/ao.html
 */
export const anyRegion = 'us-east-1';

/** The Region that the environment names; undefined where it names none. */
export function regionOfEnvironment(): string | undefined {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: fallback } = process.env;
  return region || fallback || undefined;
}
