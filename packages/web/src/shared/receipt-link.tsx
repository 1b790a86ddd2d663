import { Link } from '@tanstack/react-router';

interface ReceiptLinkProps {
  readonly posAccountId: string;
  readonly saleId: string;
  readonly number: string;
}

/** A receipt's number, leading to the receipt. */
export function ReceiptLink({ posAccountId, saleId, number }: ReceiptLinkProps) {
  return (
    <Link to="/receipts/$posAccountId/$saleId" params={{ posAccountId, saleId }} className="tw-link">
      {number}
    </Link>
  );
}
