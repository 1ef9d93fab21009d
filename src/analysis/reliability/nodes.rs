//! Nodes of ordered binary decision diagrams and the operations on them, within a budget.
//!
//! Knows levels and nodes; knows no structure and no variable.

/// A Boolean function: the number of the node that it starts from.
pub(super) type Function = usize;

/// The function that is false everywhere.
pub(super) const NEVER: Function = 0;

/// The function that is true everywhere.
pub(super) const ALWAYS: Function = 1;

/// The level of the two constants, beneath all others.
const BOTTOM: usize = usize::MAX;

/// How many steps of an operation a node of the budget pays for.
const STEPS_A_NODE: usize = 100;

/// A test of one variable: which function is left when it is down and when it is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The place of its variable in the order.
    pub level: usize,
    /// What is left when the variable is down.
    pub low: Function,
    /// What is left when the variable is up.
    pub high: Function,
}

/// How two functions are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// Both.
    And,
    /// At least one.
    Or,
}

impl Join {
    /// The constant that decides the result alone.
    pub(super) fn decisive(self) -> Function {
        match self {
            Self::And => NEVER,
            Self::Or => ALWAYS,
        }
    }

    /// The constant that changes nothing.
    pub(super) fn neutral(self) -> Function {
        match self {
            Self::And => ALWAYS,
            Self::Or => NEVER,
        }
    }
}

#[derive(Clone, Copy)]
struct Remembered {
    join: Join,
    one: Function,
    other: Function,
    result: Function,
}

/// A store of nodes in which equal functions have equal numbers (Bryant, *Graph-based algorithms for Boolean function
/// manipulation*, 1986). Every node stands behind the two that it leads to.
pub(super) struct Nodes {
    all: Vec<Node>,
    /// Open addressing: numbers of nodes, with `NEVER` for a free place.
    table: Vec<usize>,
    /// Results of operations; a newer one takes an older one's place.
    memory: Vec<Option<Remembered>>,
    most: usize,
    steps: usize,
}

enum Task {
    Join(Function, Function),
    Build(usize, Function, Function),
}

impl Nodes {
    /// An empty store for at most so many nodes.
    pub(super) fn new(most: usize) -> Self {
        const PLACES: usize = 64;
        let constant = |number| Node {
            level: BOTTOM,
            low: number,
            high: number,
        };
        Self {
            all: vec![constant(NEVER), constant(ALWAYS)],
            table: vec![NEVER; PLACES],
            memory: vec![None; PLACES],
            most: most.saturating_add(2),
            steps: most.saturating_mul(STEPS_A_NODE),
        }
    }

    /// The node of a function.
    pub(super) fn node(&self, function: Function) -> Node {
        self.all.get(function).copied().unwrap_or(Node {
            level: BOTTOM,
            low: NEVER,
            high: NEVER,
        })
    }

    /// The function that tests a level above both others. None beyond the budget.
    pub(super) fn test(&mut self, level: usize, low: Function, high: Function) -> Option<Function> {
        if low == high {
            return Some(low);
        }
        let node = Node { level, low, high };
        let place = self.place(node);
        match self.table.get(place) {
            Some(&found) if found != NEVER => Some(found),
            _ => self.add(node, place),
        }
    }

    /// Where a node stands in the table, or would stand.
    fn place(&self, node: Node) -> usize {
        let mask = self.table.len() - 1;
        let mut place = mix([node.level, node.low, node.high]) & mask;
        loop {
            match self.table.get(place) {
                Some(&number) if number != NEVER && self.node(number) != node => {
                    place = (place + 1) & mask;
                }
                _ => return place,
            }
        }
    }

    fn add(&mut self, node: Node, place: usize) -> Option<Function> {
        let number = self.all.len();
        if number >= self.most {
            return None;
        }
        self.all.push(node);
        if let Some(free) = self.table.get_mut(place) {
            *free = number;
        }
        if self.all.len() * 2 > self.table.len() {
            self.grow();
        }
        Some(number)
    }

    fn grow(&mut self) {
        let places = self.table.len() * 2;
        self.table = vec![NEVER; places];
        self.memory = vec![None; places];
        for number in ALWAYS + 1..self.all.len() {
            let place = self.place(self.node(number));
            if let Some(free) = self.table.get_mut(place) {
                *free = number;
            }
        }
    }

    /// Both functions, or at least one. None beyond the budget.
    pub(super) fn join(&mut self, join: Join, one: Function, other: Function) -> Option<Function> {
        let mut tasks = vec![Task::Join(one, other)];
        let mut results: Vec<Function> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Join(one, other) => match self.known(join, one, other) {
                    Some(result) => results.push(result),
                    None => self.split(one, other, &mut tasks)?,
                },
                Task::Build(level, one, other) => {
                    let high = results.pop()?;
                    let low = results.pop()?;
                    let result = self.test(level, low, high)?;
                    self.remember(join, one, other, result);
                    results.push(result);
                }
            }
        }
        results.pop()
    }

    /// The result where it takes no work.
    fn known(&self, join: Join, one: Function, other: Function) -> Option<Function> {
        if one == other || other == join.neutral() || one == join.decisive() {
            return Some(one);
        }
        if one == join.neutral() || other == join.decisive() {
            return Some(other);
        }
        let (one, other) = (one.min(other), one.max(other));
        let found = (*self.memory.get(self.slot(join, one, other))?)?;
        let same = found.join == join && found.one == one && found.other == other;
        same.then_some(found.result)
    }

    /// Divides a task by the uppermost variable of both functions.
    fn split(&mut self, one: Function, other: Function, tasks: &mut Vec<Task>) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        let (upper, lower) = (self.node(one), self.node(other));
        let level = upper.level.min(lower.level);
        let halves = |node: Node, whole| {
            if node.level == level {
                (node.low, node.high)
            } else {
                (whole, whole)
            }
        };
        let (one_low, one_high) = halves(upper, one);
        let (other_low, other_high) = halves(lower, other);
        tasks.push(Task::Build(level, one, other));
        tasks.push(Task::Join(one_high, other_high));
        tasks.push(Task::Join(one_low, other_low));
        Some(())
    }

    fn remember(&mut self, join: Join, one: Function, other: Function, result: Function) {
        let (one, other) = (one.min(other), one.max(other));
        let slot = self.slot(join, one, other);
        if let Some(place) = self.memory.get_mut(slot) {
            *place = Some(Remembered {
                join,
                one,
                other,
                result,
            });
        }
    }

    fn slot(&self, join: Join, one: Function, other: Function) -> usize {
        mix([join.neutral(), one, other]) & (self.memory.len() - 1)
    }

    /// The nodes that a function leads to, itself last, renumbered without gaps; and its new number.
    pub(super) fn alone(&self, function: Function) -> (Vec<Node>, Function) {
        let mut needed = vec![false; self.all.len()];
        let mut open = vec![function, NEVER, ALWAYS];
        while let Some(at) = open.pop() {
            match needed.get_mut(at) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            open.extend([self.node(at).low, self.node(at).high]);
        }
        let mut numbers = vec![NEVER; self.all.len()];
        let mut kept = Vec::new();
        for (old, node) in self.all.iter().enumerate() {
            if needed.get(old) != Some(&true) {
                continue;
            }
            if let Some(number) = numbers.get_mut(old) {
                *number = kept.len();
            }
            let new = |function: Function| numbers.get(function).copied().unwrap_or(NEVER);
            kept.push(Node {
                level: node.level,
                low: new(node.low),
                high: new(node.high),
            });
        }
        let root = numbers.get(function).copied().unwrap_or(NEVER);
        (kept, root)
    }
}

/// Three numbers scattered over the bits of one.
fn mix(numbers: [usize; 3]) -> usize {
    const FACTOR: usize = 0x9e37_79b1; // the golden ratio in 32 bits, made odd
    let mixed = numbers.into_iter().fold(0_usize, |mixed, number| {
        (mixed.rotate_left(15) ^ number).wrapping_mul(FACTOR)
    });
    mixed ^ (mixed >> 15)
}
