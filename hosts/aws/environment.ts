import type { Credentials } from '../../engine/target.ts';
import { TargetError } from '../../targets/target-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of the environment alone: whoever has profiles can export one. Throws a `TargetError`, which repeats none of them. */
export function credentialsFrom(environment: Environment): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  // A shell may have emptied it.
  const sessionToken = environment['AWS_SESSION_TOKEN'] || undefined;
  if (!accessKeyId && !secretAccessKey) {
    throw new TargetError(
      'aws',
      'there are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY have to be in the environment, and AWS_SESSION_TOKEN where they are of a role; profiles are not read',
    );
  }
  if (!accessKeyId) throw missing('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY is');
  if (!secretAccessKey) throw missing('AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID is');
  if (!/^\w{16,128}$/.test(accessKeyId)) {
    throw new TargetError('aws', 'AWS_ACCESS_KEY_ID is no id of a key, such as AKIAIOSFODNN7EXAMPLE');
  }
  const broken = Object.entries({ AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken });
  for (const [name, value = ''] of broken) {
    if (/[^!-~]/.test(value)) throw new TargetError('aws', `${name} has a blank or a line break in it: copy it again`);
  }
  if (accessKeyId.startsWith('ASIA') && sessionToken === undefined) {
    throw missing('AWS_SESSION_TOKEN', 'AWS_ACCESS_KEY_ID is of temporary credentials, which have one');
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function missing(name: string, why: string): TargetError {
  return new TargetError('aws', `${name} is not in the environment, and ${why}`);
}

export type Service = 'cognito-idp' | 'sts';

/** As AWS's own tools name them. */
const VARIABLES: Readonly<Record<Service, string>> = {
  'cognito-idp': 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER',
  sts: 'AWS_ENDPOINT_URL_STS',
};

/** Where a service is, without a slash at the end: what the environment says, or its public address in the region. */
export function endpointOf(service: Service, region: string, environment: Environment): string {
  const variable = environment[VARIABLES[service]] ? VARIABLES[service] : 'AWS_ENDPOINT_URL';
  const url = environment[variable];
  if (!url) return `https://${service}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
  if (!/^https?:\/\/[^/?#]+\/*$/.test(url) || !URL.canParse(url)) {
    throw new TargetError('aws', `${variable} is no base URL, such as https://${service}.${region}.amazonaws.com`);
  }
  return url.replace(/\/+$/, '');
}
