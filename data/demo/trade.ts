import { agentNamed, type Agent } from './company.ts';
import type { Customer } from './customers.ts';

/** A company that furnishes its rooms at Bramwick; its people are customers like all others. */
export interface TradeCompany {
  readonly index: number;
  readonly name: string;
  /** As HubSpot names industries. */
  readonly industry: string;
  readonly domain: string;
  readonly manager: Agent;
}

const industries: readonly (readonly [string, readonly string[]])[] = [
  ['HOSPITALITY', ['Harbour House Hotel', 'Pinecrest Inn', 'The Old Mill Lodge', 'Quayside Suites']],
  ['RESTAURANTS', ['Copper Ladle', 'Nettle & Thyme', 'Basil Row Kitchen', 'Lantern Street Diner']],
  ['REAL_ESTATE', ['Larkfield Lettings', 'Cobble Hill Homes', 'Northgate Rentals']],
  ['DESIGN', ['Studio Marl', 'Fold & Grain', 'Hazel Court Interiors']],
  ['EDUCATION_MANAGEMENT', ['Elm Park School', 'Brookvale College']],
  ['COMPUTER_SOFTWARE', ['Tallow Labs', 'Quince Analytics', 'Fernway Systems']],
  ['HOSPITAL_HEALTH_CARE', ['Rowan Street Dental', 'Millbrook Physio']],
];
const managers = [agentNamed('Quentin Moss'), agentNamed('Rosa Delgado')] as const;

export const tradeCompanies: readonly TradeCompany[] = industries
  .flatMap(([industry, names]) => names.map((name) => ({ industry, name })))
  .map(({ industry, name }, index) => ({
    index,
    name,
    industry,
    domain: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`,
    manager: managers[index % managers.length]!,
  }));

/** About one customer in eighteen buys for a company; it follows from their number, so that nothing else changes. */
const tradeShare = 18;

/** The company that somebody buys for, if any. */
export const tradeCompanyOf = ({ index, isPlanted }: Customer): TradeCompany | undefined =>
  isPlanted || index % tradeShare !== 5
    ? undefined
    : tradeCompanies[Math.floor(index / tradeShare) % tradeCompanies.length];
