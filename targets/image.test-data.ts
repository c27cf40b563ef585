import type { ContainerRuntimeClient } from 'testcontainers';
import type { Manifest } from './manifest.ts';

export type Engine = ContainerRuntimeClient['container']['dockerode'];

/** The container engine of this machine, or one line that says why there is none with this image, and what to do. */
export async function engineWith({ start }: Manifest): Promise<Engine | string> {
  if (!('image' in start)) return 'no image';
  const { name, install } = start.image;
  const { getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient().catch(() => undefined);
  if (client === undefined) return 'no container engine; apt-get install -y docker.io iptables, then run dockerd';
  const engine = client.container.dockerode;
  const found = await engine
    .getImage(name)
    .inspect()
    .catch(() => undefined);
  return found === undefined ? `no image ${name}; build it with: ${install}` : engine;
}
