import * as z from 'zod';
import { wholeNumber } from '../../cloudformation/resource-type';
import { defaultPreferences, type OperationPreferences } from '../../cloudformation/stack-sets/definition';
import { texts } from './parameters';

/** Operation preferences, as templates and the API write them. */
export const operationPreferences = z
  .strictObject({
    ConcurrencyMode: z
      .enum(['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE'])
      .default(defaultPreferences.concurrencyMode),
    FailureToleranceCount: wholeNumber.optional(),
    FailureTolerancePercentage: wholeNumber.optional(),
    MaxConcurrentCount: wholeNumber.optional(),
    MaxConcurrentPercentage: wholeNumber.optional(),
    RegionConcurrencyType: z.enum(['SEQUENTIAL', 'PARALLEL']).default(defaultPreferences.regionConcurrency),
    RegionOrder: texts,
  })
  .transform(
    (given): OperationPreferences => ({
      regionOrder: given.RegionOrder,
      regionConcurrency: given.RegionConcurrencyType,
      concurrencyMode: given.ConcurrencyMode,
      ...(given.FailureToleranceCount !== undefined && {
        failureToleranceCount: given.FailureToleranceCount,
      }),
      ...(given.FailureTolerancePercentage !== undefined && {
        failureTolerancePercentage: given.FailureTolerancePercentage,
      }),
      ...(given.MaxConcurrentCount !== undefined && { maxConcurrentCount: given.MaxConcurrentCount }),
      ...(given.MaxConcurrentPercentage !== undefined && {
        maxConcurrentPercentage: given.MaxConcurrentPercentage,
      }),
    }),
  );
