"""The functions' network: in a VPC they reach the database and AWS's services only."""

from aws_cdk.aws_ec2 import ISecurityGroup, IVpc, Port, SecurityGroup, SubnetSelection, Vpc
from aws_cdk.aws_rds import DatabaseInstance
from constructs import Construct, DependencyGroup

from infra.new_database import PORT, NewDatabase
from infra.stages.stage import CollegeNetwork


class FunctionNetwork(Construct):
    """The functions run in the VPC's private subnets. The database lets them in at its port."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: IVpc,
        database: DatabaseInstance | ISecurityGroup,
        database_port: int,
    ) -> None:
        super().__init__(scope, construct_id)
        self.vpc = vpc
        self.subnets = SubnetSelection(subnets=vpc.private_subnets)
        self.group = SecurityGroup(
            self,
            "Functions",
            vpc=vpc,
            description="Absence Texts functions",
            allow_all_outbound=False,
        )
        self.group.connections.allow_to(
            database, Port.tcp(database_port), "Absence Texts to the database"
        )
        self.group.connections.allow_to_any_ipv4(Port.tcp(443), "AWS services")
        self.all_rules = DependencyGroup(self, database)


def college_network_of(scope: Construct, college: CollegeNetwork) -> FunctionNetwork:
    vpc = Vpc.from_vpc_attributes(
        scope,
        "CollegeVpc",
        vpc_id=college.vpc_id,
        availability_zones=list(college.availability_zones),
        private_subnet_ids=list(college.private_subnet_ids),
    )
    group = college.database_security_group_id
    return FunctionNetwork(
        scope,
        "Network",
        vpc=vpc,
        database=SecurityGroup.from_security_group_id(scope, "CollegeDatabase", group),
        database_port=college.database_port,
    )


def network_of_new_database(scope: Construct, database: NewDatabase) -> FunctionNetwork:
    return FunctionNetwork(
        scope, "Network", vpc=database.vpc, database=database.instance, database_port=PORT
    )
