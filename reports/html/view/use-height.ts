import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Keeps the height of an element in a variable of the style: what sticks below it has to know. */
export function useHeight(element: RefObject<HTMLElement | null>, variable: string): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const tell = (): void => document.documentElement.style.setProperty(variable, `${current.offsetHeight}px`);
    // At once too: a link into the page scrolls before the observer is asked.
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
}
