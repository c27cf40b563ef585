import { TargetError } from '../target-error.ts';

/** Loads a package that only the target aws needs; where it is missing, one line says what to install. */
export async function peer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  // Its warning is for whoever keeps a program on this Node, not for whoever judges a target.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  try {
    return await load();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message = `it needs the npm package ${name}; install it with: npm install --save-dev ${name}`;
    throw new TargetError('aws', message, { cause: error });
  }
}
