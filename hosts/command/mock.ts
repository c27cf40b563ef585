import { nearest } from '../../engine/nearest.ts';
import type { Fault } from '../../mocks/fault.ts';
import { createMock, OptionsError, type Mock, type MockOptions } from '../../mocks/mock.ts';
import { serve } from '../../mocks/serve.ts';
import { UsageError } from '../usage-error.ts';
import { credentialsOf } from '../credentials.ts';
import { text, type Flags } from './flags.ts';
import { quotasOf } from './mock-quotas.ts';
import { poolsOf } from './mock-state.ts';

/** `mock`: prints its address when it listens; ends on Ctrl-C. */
export async function mockCommand(flags: Flags): Promise<number> {
  const port = portOf(flags['port']);
  const host = typeof flags['host'] === 'string' ? flags['host'] : '127.0.0.1';
  const lambdaEndpoint = lambdaEndpointOf(flags['lambda-endpoint']);
  const make = await makerOf(flags);
  const mock = mockWith(make, text(flags['state']), { lambdaEndpoint, faults: await faultsOf(flags['fault']) });
  const { url, close } = await serve(mock, { port, host }).catch((error: Error) => {
    const advice = error.message.includes('EADDRINUSE') ? '; name another with --port, or none for a free one' : '';
    throw new UsageError(error.message + advice);
  });
  console.log(url);
  await new Promise((end) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, end)));
  await close();
  return 0;
}

type Make = (options: MockOptions) => Mock;

/** Who calls as at AWS is whoever signs with the keys of the environment. */
async function makerOf(flags: Flags): Promise<Make> {
  const file = text(flags['quotas']);
  if (!flags['as-aws']) {
    if (file !== undefined) throw new UsageError('--quotas goes with --as-aws');
    return createMock;
  }
  const quotas = file === undefined ? undefined : quotasOf(file);
  const { createStandIn } = await import('../../mocks/aws/stand-in.ts');
  const { AWS_SESSION_TOKEN: sessionToken } = process.env;
  const credentials = { ...credentialsOf(process.env), sessionToken };
  return (options) => createStandIn({ ...options, quotas, credentials });
}

function mockWith(make: Make, state: string | undefined, options: MockOptions): Mock {
  if (state === undefined) return make(options);
  try {
    return make({ ...options, pools: poolsOf(state) });
  } catch (error) {
    throw error instanceof OptionsError ? new UsageError(`--state ${state}: ${error.message}`) : error;
  }
}

function portOf(flag: Flags[string]): number {
  if (flag === undefined) return 0;
  const port = /^\d{1,5}$/.test(String(flag)) ? Number(flag) : NaN;
  if (port <= 65535) return port;
  throw new UsageError(`--port "${String(flag)}" is not a number from 0 to 65535`);
}

function lambdaEndpointOf(flag: Flags[string]): string | undefined {
  if (flag === undefined) return undefined;
  const url = String(flag);
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new UsageError(`--lambda-endpoint "${url}" is not an http or https URL, such as http://127.0.0.1:3001`);
}

/** They are read only where one is asked for. */
async function faultsOf(flag: Flags[string]): Promise<Fault[]> {
  if (!Array.isArray(flag)) return [];
  const { faults } = await import('../../mocks/faults.ts');
  return flag.map((name) => {
    const fault = Object.hasOwn(faults, String(name)) ? faults[String(name)] : undefined;
    if (fault) return fault;
    const near = nearest(String(name), Object.keys(faults));
    throw new UsageError(`no fault "${name}"; docs/faults.md lists them.${near ? ` Did you mean "${near}"?` : ''}`);
  });
}
