/** Our mark: woven threads. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width={24} height={24} aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b5f63" />
      <g fill="none" strokeWidth="3" strokeLinecap="round">
        <path d="M7 11h7m5 0h6M7 21h11m5 0h2" stroke="#fff" />
        <path d="M11 7v1m0 6v11M21 7v11m0 6v1" stroke="#8fd6c8" />
      </g>
    </svg>
  );
}
