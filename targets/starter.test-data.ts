import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a program that starts a target of the package, says its endpoint and waits to be killed; with `exit` it ends by
 * itself. It is made of what is built, as the package ships it. Gives its path.
 */
export async function writeStarter(name: string, packageRoot: URL, folder: string): Promise<string> {
  const built = (file: string): string => JSON.stringify(new URL(`dist/targets/${file}`, packageRoot).href);
  const program = join(folder, 'starter.mjs');
  await writeFile(
    program,
    `import { loadManifest } from ${built('manifest.js')};
    import { startTarget } from ${built('start.js')};
    const packageRoot = ${JSON.stringify(packageRoot.href)};
    const target = await startTarget(await loadManifest(${JSON.stringify(name)}, packageRoot), { packageRoot });
    console.log(target.endpoint);
    setTimeout(() => {}, process.argv[2] === 'exit' ? 1000 : 60_000);`,
  );
  return program;
}
