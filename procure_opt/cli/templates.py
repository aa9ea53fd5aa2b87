"""Case files to begin from, with comments; every number in them is invented."""

from __future__ import annotations

from dataclasses import dataclass

_HEAD = """\
# yaml-language-server: $schema=case.schema.json
# The schema for your editor: procure-opt schema case > case.schema.json
# Every number may be plain (40) or with its past:
#   {value: 40, low: 35, high: 45, basis: assumed, source: example/F1, note: how it was read}
# basis is retrieved, recalled, derived or assumed; an assumed number needs low and high.
case: 1                                # version of the format
id: NAME_OF_THE_CASE
title: NAME_OF_THE_CASE - give it a title
marking: UNCLASSIFIED - INVENTED NUMBERS   # shown on every output
as_of: 2026-01-01                      # date of the knowledge in this file
fictional: true                        # false: nation codes must be ISO 3166-1 alpha-3
money: {currency: EUR, unit: million, price_base: 2025}
resolution: {autonomy: 1, spinoff: 1, cost: 1}   # points, million, million; 1 is exact
autonomy: {consent: 1, denial: 3}      # weights of tasks with consent, and under the worst denial
"""

_PAIR = (
    _HEAD
    + """\
participation: {id: IR, sense: pareto} # nobody joins what an outside option beats; id: for --without IR

sources:
  example: {title: An invented example}

nations:
  AAA:
    name: Aland
    task_weights: {operate: 50, upgrade: 50}     # points, 100 in all
  BBB:
    name: Beland
    task_weights: {operate: 70, upgrade: 30}

others:
  vendor: {name: Off-the-shelf vendor, kind: vendor}

functions:                             # what must be commanded, through which package
  vehicle: {packages: {tank: hull}}
  sensors: {packages: {tank: sensors}}

tasks:                                 # levels: 1 use, 2 operate, 3 modify, 4 design authority
  operate: {text: drive and maintain the fleet, needs: {vehicle: 2, sensors: 2}}
  upgrade: {text: integrate a national radio, needs: {sensors: 3}}

needs:                                 # what each nation fills once: by a pillar, or outside
  tank:
    pillars: {tank: {meets: full}}
    outside:
      AAA: {off_the_shelf: {vendor: vendor, quantity: 100, unit_price: 11, level: 2}}
      BBB: {off_the_shelf: {vendor: vendor, quantity: 60, unit_price: 11, level: 2}}

pillars:                               # units of cooperation that come about or not
  tank:
    tiers:
      partner: {may: [lead, hold], partner_weight: 1}
    rights:
      standard: {levels: {partner: {lead: 4, holder: 3, other: 2}}}
    cost_sharing: {development: {rule: equal}}
    production:
      bands:                           # unit price from a total quantity on
        - {from_quantity: 0, unit_price: 10}
        - {from_quantity: 150, unit_price: 8}
    quantities: {AAA: 100, BBB: 60}
    packages:
      hull:
        value: 200
        patterns: [[100], [60, 40]]    # percent by rank, lead first
        spinoff_percent: 20
      sensors:
        value: 150
        patterns: [[100], [50, 50]]
        spinoff_percent: 40
"""
)

_FULL = (
    _HEAD
    + """\
decision: {date: 2025-06-01}           # red lines said on or after this day do not enter
participation: {id: IR, sense: pareto} # id: so that a run can go --without IR

sources:
  example: {title: An invented example, publisher: nobody, date: 2025-01}

nations:
  AAA:
    name: Aland
    stake: 2                           # weight in summed autonomy
    task_weights: {operate: 40, mission_data: 30, repair: 30}
    budget: {id: BUDGET_AAA, total: 9000}
  BBB:
    name: Beland
    task_classes: {must: [operate], want: [mission_data], nice: [repair]}   # instead of weights
    competence_percent: 90             # how well work becomes spin-off
  CCC:
    name: Celand
    task_weights: {operate: 60, mission_data: 20, repair: 20}
    absorptive_caps: {engine: 2}       # highest level that it can absorb

others:
  vendor: {name: Off-the-shelf vendor, kind: vendor}

functions:
  airframe: {packages: {fighter: airframe}}
  engine: {packages: {fighter: engine}, endurance_months: 3}     # stocks last three months
  mission: {packages: {fighter: mission}, access_cost: 40}       # price of level 3 and 4 by right

tasks:
  operate: {text: fly and maintain the fleet, needs: {airframe: 2, engine: 2, mission: 2}}
  mission_data: {text: reprogram mission data alone, needs: {mission: 3}}
  repair: {text: repair engines to full depth, needs: {engine: 3}, horizon_months: 12}

needs:
  fighter:
    text: a combat aircraft from 2040
    pillars: {fighter: {meets: full}}
    required_from: {AAA: 2040, BBB: 2040, CCC: 2042}
    gap_cost_per_year: {AAA: 60, BBB: 40, CCC: 20}               # million per year without
    outside:
      AAA: {off_the_shelf: {vendor: vendor, quantity: 60, unit_price: 90, level: 2, offset_per_unit: 1}}
      BBB: {off_the_shelf: {vendor: vendor, quantity: 40, unit_price: 90, level: 2, offset_per_unit: 1}}
      CCC: {off_the_shelf: {vendor: vendor, quantity: 20, unit_price: 90, level: 2, offset_per_unit: 1}}

pillars:
  fighter:
    text: a common combat aircraft
    tiers:
      core:
        may: [lead, hold]
        partner_weight: 1
        work: {id: WORK, min_percent: 20}
      associate:
        may: [hold]
        partner_weight: 0.5
        contribution: 300              # million; members without one bear the rest
    rights:                            # one regime is chosen
      black_box:
        levels:
          core: {lead: 4, holder: 3, other: 2}
          associate: {holder: 2, other: 2}
      shared_foreground:
        cost: 120                      # escrow, standards
        levels:
          core: {lead: 4, holder: 3, other: 3}
          associate: {holder: 3, other: 2}
    cost_sharing:
      development: {rule: tier_fixed, residual: core_equally}
    growth: 1.2                        # expected growth of development cost
    coordination: {gamma: 0.1}         # what governance by many costs: V (M^gamma - 1)
    production:
      bands:
        - {from_quantity: 0, unit_price: 95}
        - {from_quantity: 60, unit_price: 85}
        - {from_quantity: 100, unit_price: 78}
    quantities: {AAA: 60, BBB: 40, CCC: 20}
    support: {per_unit_year: 2, years: 10}
    variants:
      carrier: {development_percent: 5, unit_percent: 3, delay_months: 12}
    service:
      year: 2040
      delays: [{partners: 3, months: 12}]
    packages:
      airframe:
        value: 1200
        cost_index_percent: {AAA: 100, BBB: 105, CCC: 115}
        patterns: [[100], [60, 40]]
        split_premium_percent: 4
        spinoff_percent: 20
      engine:
        value: 900
        may_lead: [AAA, BBB]
        patterns: [[100], [60, 40]]
        split_premium_percent: 4
        spinoff_percent: 30
      mission:
        value: 600
        patterns: [[100], {shares: [50, 50], joint_leads: 2}]
        spinoff_percent: 50
    juste_retour: {id: RETOUR, min_percent: 50}
    release_caps:
      - {id: CAP, holder: AAA, nation: CCC, function: mission, level: 2, source: example}

red_lines:                             # what an owner refuses: who said it, when, how firmly
  RL1:
    owner: AAA
    text: Aland joins only as lead of the airframe
    as_of: 2025-01-15
    speaker: parliament                # treaty, law, parliament, head_of_government, minister: hard; others: soft
    if: {participates: {nation: AAA}}
    then: {leads: {nation: AAA, package: airframe}}
    source: example
  RL2:
    owner: CCC
    text: Celand would rather not pay more than 2600 million
    as_of: 2025-02
    speaker: official
    then: {cost_at_most: {nation: CCC, million: 2600}}
    source: example

incompatible: {}
links: {}
"""
)


@dataclass(frozen=True)
class Template:
    """A case file to begin from."""

    text: str
    content: str


TEMPLATES = {
    "pair": Template("two nations, one pillar, two packages", _PAIR),
    "full": Template("three nations and one example of every block", _FULL),
}
