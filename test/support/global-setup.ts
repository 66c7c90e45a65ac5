import { nameRun } from './run-directory';

/** Before all test files. */
export default function globalSetup(): void {
  nameRun(`${Date.now()}-${process.pid}`);
  // The SDK's versions are pinned to those that support this Node.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
